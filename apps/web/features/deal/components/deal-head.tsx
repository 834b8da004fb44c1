import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { Deal } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import { isUnclosed, type DealAction } from '../deal-rules.ts';
import { fieldTexts } from '../../../terms/field.texts.ts';
import type { DealCommands } from '../use-deal-commands.ts';
import { ActionMenu } from './action-menu.tsx';
import { InlineField } from './inline-field.tsx';
import { StatusBadge } from '../../../terms/status-badge.tsx';

interface DealHeadProps {
  readonly deal: Deal;
  /** What is shown: the deal itself, or how it was. */
  readonly state: Deal;
  readonly locked: string | undefined;
  readonly commands: DealCommands;
  readonly onAction: (action: DealAction) => void;
}

/** What a deal is, at a glance, and what can be done with it. */
export function DealHead({ deal, state, locked, commands, onAction }: DealHeadProps) {
  const named = useTexts(fieldTexts);
  const format = useFormat();
  const facts = [
    [named('customer'), state.customerName ?? state.customerId ?? named('unknown')],
    [named('owner'), state.owner],
    [
      named('amount'),
      state.amount === null || state.currency === null ? named('unknown') : format.money(state.amount, state.currency),
    ],
    [named('pipelineId'), deal.pipelineName],
  ] as const;
  const editable = locked === undefined && isUnclosed(state.status);
  return (
    <header className="flex flex-col gap-1.5">
      <div className="flex items-start gap-3">
        <h1 className="-ml-1.5 min-w-0 flex-1 text-lg font-semibold">
          <InlineField
            label={named('title')}
            shown={state.title}
            editing={
              editable
                ? {
                    deal,
                    commands,
                    fields: [{ name: 'title', label: named('title'), kind: 'text', needed: true }],
                    defaults: { title: deal.title },
                    commandOf: ({ title = '' }) => ({ name: 'correct-details', body: { title: title.trim() } }),
                  }
                : undefined
            }
          />
        </h1>
        <ActionMenu status={state.status} locked={locked} onChoose={onAction} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <span className="flex flex-wrap items-center gap-1">
          <StatusBadge status={state.status} />
          {state.outcome !== null && state.outcome !== state.status && <StatusBadge status={state.outcome} />}
          {state.stalled && <StalledBadge deal={deal} state={state} />}
        </span>
        <dl className="contents">
          {facts.map(([label, value]) => (
            <div key={label} className="flex min-w-0 gap-1.5">
              <dt className="text-muted shrink-0">{label}</dt>
              <dd className="min-w-0 font-medium wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </header>
  );
}

/** That a deal is longer in its stage than it may be, and how long that is; which limit held in the past is not known. */
function StalledBadge({ deal, state }: Pick<DealHeadProps, 'deal' | 'state'>) {
  const t = useTexts(dealTexts);
  const format = useFormat();
  const { data } = usePipelines();
  const pipeline = data?.pipelines.find(({ id }) => id === deal.pipelineId);
  const stage = deal === state ? pipeline?.stages.find(({ id }) => id === state.stageId) : undefined;
  const limit = stage?.rottingAfterDays;
  const days = format.days(state.daysInStage ?? 0);
  return (
    <Badge tone="warn">
      {limit === undefined ? t('stalled', { days }) : t('stalledOver', { days, limit: format.number(limit) })}
    </Badge>
  );
}
