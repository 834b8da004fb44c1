import type { ReadModelStore, Where } from '../../eventsourcing/read-model-store.ts';
import { begunWith, finishedWith, type Days } from './periods-at.ts';

/** The figures of a funnel over a period that count deals passing through, by the names the funnel has for them. */
export const flows = [
  'opened',
  'entered',
  'left',
  'movedForward',
  'movedBack',
  'skipped',
  'repeated',
  'stayed',
  'won',
  'lost',
  'terminated',
] as const;
export type Flow = (typeof flows)[number];

export interface FlowQuestion {
  readonly flow: Flow;
  /** Every stage where left out. */
  readonly stageId?: string;
  readonly days: Days;
  /** Nothing after this moment counts. */
  readonly moment?: string;
}

/** The deals behind a figure, each once however often it is counted there, with their amounts as they counted. */
export async function dealsOfFlow(
  store: ReadModelStore,
  where: Where,
  { flow, stageId, days, moment }: FlowQuestion,
): Promise<readonly CountedDeal[]> {
  const rows = await store.sum('stage_periods', {
    where: { ...where, ...conditionOf(flow, days, moment), ...(stageId === undefined ? {} : { stageId }) },
    by: ['opportunityId', 'currency', 'amount'],
  });
  return distinct(rows.map(({ group }) => countedDeal(group)));
}

function conditionOf(flow: Flow, days: Days, moment: string | undefined): Where {
  switch (flow) {
    case 'opened':
      return begunWith(['opened', 'unstaged'], days, moment);
    case 'entered':
      return begunWith(['opened', 'forward', 'backward', 'reopened'], days, moment);
    case 'skipped':
      return begunWith(['skipped'], days, moment);
    case 'repeated':
      return begunWith(['same'], days, moment);
    case 'left':
      return finishedWith(['forward', 'backward', 'won', 'lost', 'terminated'], days, moment);
    case 'stayed':
      return finishedWith(['forward', 'backward', 'same', 'won', 'lost', 'terminated'], days, moment);
    case 'movedForward':
      return finishedWith(['forward'], days, moment);
    case 'movedBack':
      return finishedWith(['backward'], days, moment);
    case 'won':
    case 'lost':
    case 'terminated':
      return finishedWith([flow], days, moment);
  }
}

/** A deal with the amount it counted with. */
export interface CountedDeal {
  readonly id: string;
  readonly currency: string | null;
  readonly amount: number | null;
}

/** From the values of a group; `field` holds the deal's id. */
export function countedDeal(group: Readonly<Record<string, unknown>>, field = 'opportunityId'): CountedDeal {
  return {
    id: group[field] as string,
    currency: group['currency'] as string | null,
    amount: group['amount'] as number | null,
  };
}

/** Each deal once, as it came first. */
export function distinct(deals: readonly CountedDeal[]): readonly CountedDeal[] {
  const byId = new Map<string, CountedDeal>();
  for (const deal of deals) if (!byId.has(deal.id)) byId.set(deal.id, deal);
  return [...byId.values()];
}
