import { Check, Circle, CircleDot, Redo2 } from 'lucide-react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import type { Deal, StageTime } from '../api/deal.ts';
import { dealTexts } from '../deal.texts.ts';
import type { ToldEvent } from '../../../history/told-event.ts';

const MARKS = { current: CircleDot, passed: Check, skipped: Redo2, ahead: Circle } as const;
type Mark = keyof typeof MARKS;

interface StageBarProps {
  /** Now, or as it was. */
  readonly state: Deal;
  /** What had happened by the moment that is shown. */
  readonly events: readonly ToldEvent[];
  readonly locked: string | undefined;
  readonly onMove: (stageId: string) => void;
}

/** The way of a deal through its stages with the time in each; a click moves it there, or begins the current one anew. */
export function StageBar({ state, events, locked, onMove }: StageBarProps) {
  const t = useTexts(dealTexts);
  const stageName = useStageName();
  const entered = new Set(events.flatMap(({ changes }) => stagesOf(changes, 'stageId')));
  const skipped = new Set(events.flatMap(({ changes }) => stagesOf(changes, 'skipped')));
  const markOf = (id: string): Mark => {
    if (id === state.stageId) return 'current';
    if (entered.has(id)) return 'passed';
    return skipped.has(id) ? 'skipped' : 'ahead';
  };
  return (
    <nav aria-label={t('stages')}>
      <ol className="flex flex-col gap-1 sm:flex-row sm:flex-wrap">
        {state.stages.map((stage) => (
          <li key={stage.id} className="min-w-0 flex-1 sm:min-w-36">
            <Stage
              stage={stage}
              name={stageName(stage)}
              mark={markOf(stage.id)}
              onMove={locked === undefined && state.status === 'open' ? onMove : undefined}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface StageProps {
  readonly stage: StageTime;
  readonly name: string;
  readonly mark: Mark;
  readonly onMove: ((stageId: string) => void) | undefined;
}

const LOOKS: Readonly<Record<Mark, string>> = {
  current: 'border-accent bg-accent-soft font-semibold',
  passed: 'border-line bg-surface',
  skipped: 'border-line-strong border-dashed bg-surface',
  ahead: 'border-line bg-surface text-muted',
};

function Stage({ stage, name, mark, onMove }: StageProps) {
  const t = useTexts(dealTexts);
  const format = useFormat();
  const Icon = MARKS[mark];
  const days = stage.stays === 0 ? undefined : format.days(stage.days);
  const content = (
    <>
      <Icon size={14} aria-hidden className="shrink-0" />
      <span className="min-w-0 truncate">{name}</span>
      <span className="text-muted ml-auto text-xs font-normal whitespace-nowrap">
        {days ?? (mark === 'skipped' ? t('stage.skipped') : '')}
      </span>
      <span className="sr-only">{t(`stage.${mark}`)}</span>
    </>
  );
  const shape = `flex min-h-8 w-full items-center gap-1.5 rounded-md border px-2 text-left text-sm ${LOOKS[mark]}`;
  if (!onMove) {
    return (
      <div className={shape} aria-current={mark === 'current' ? 'step' : undefined}>
        {content}
      </div>
    );
  }
  return (
    <button
      type="button"
      aria-current={mark === 'current' ? 'step' : undefined}
      title={mark === 'current' ? undefined : t('stage.moveTo', { stage: name })}
      // The second of a double click would begin anew the stage that the first one moved it to.
      onClick={({ detail }) => detail < 2 && onMove(stage.id)}
      className={`${shape} hover:border-accent`}
    >
      {content}
    </button>
  );
}

function stagesOf(changes: ToldEvent['changes'], field: string): readonly string[] {
  return changes
    .filter((change) => change.field === field)
    .flatMap(({ to }) => (Array.isArray(to) ? to : [to]))
    .filter((id) => typeof id === 'string');
}
