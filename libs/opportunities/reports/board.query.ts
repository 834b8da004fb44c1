import { NotFound } from '../../eventsourcing/errors.ts';
import type { ReadModelStore, SumRow } from '../../eventsourcing/read-model-store.ts';
import type { Fraction } from '../../statistics/fraction.ts';
import { countOf, worthOf, type Worth } from './amounts.ts';
import { pipelineOf } from './cut.ts';
import { dealCard, type DealCard } from './deal-card.ts';
import { narrowingOf, type DealFilter } from './deal-filter.ts';
import { chancesOf, readPipeline, stageNames, type StageName } from './deal-pipeline.ts';
import type { OpportunityDocument } from '../read-models/opportunity.document.ts';

export interface BoardQuestion extends DealFilter {
  readonly now: string;
  /** Most cards of a column at once; 20 where left out. */
  readonly cards?: number;
}

export interface Board {
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly columns: readonly BoardColumn[];
  /** Over all columns; sums are rounded once, so those of the columns may not add up to them. */
  readonly totals: BoardTotals;
}

export interface BoardTotals {
  readonly count: number;
  readonly suspended: number;
  readonly worth: readonly Worth[];
}

/** The open deals of a stage, those that came into it last first. Suspended ones have no card. */
export interface BoardColumn extends BoardTotals {
  readonly stage: StageName;
  readonly cards: readonly DealCard[];
  /** Asks `boardColumn` for the next cards; absent where there are no more. */
  readonly next?: string;
}

export interface BoardPage {
  readonly cards: readonly DealCard[];
  readonly next?: string;
}

const CARDS = 20;

/** A column for each stage with its count, its sums and its first cards. Throws `NotFound` for an unknown pipeline. */
export async function board(store: ReadModelStore, question: BoardQuestion): Promise<Board> {
  const pipeline = await readPipeline(store, pipelineOf(question));
  const { where, ...alternatives } = narrowingOf(question, pipeline.stages, question.now);
  const rows = await store.sum('opportunities', {
    ...alternatives,
    where: { ...where, status: { in: ['open', 'suspended'] } },
    by: ['stageId', 'status', 'currency', 'probability'],
    of: ['amount'],
  });
  const chances = chancesOf(pipeline.stages);
  const stages = stageNames(
    pipeline.stages,
    rows.map(({ group }) => group['stageId'] as string),
  );
  const columns = stages.map(async (stage) => {
    const here = rows.filter(({ group }) => group['stageId'] === stage.id);
    const totals = totalsOf(here, chances);
    const page = totals.count === 0 ? { cards: [] } : await boardColumn(store, { ...question, stageId: stage.id });
    return { stage, ...totals, ...page };
  });
  return {
    pipelineId: pipeline.id,
    pipelineName: pipeline.name,
    columns: await Promise.all(columns),
    totals: totalsOf(rows, chances),
  };
}

function totalsOf(rows: readonly SumRow[], chances: ReadonlyMap<string, Fraction>): BoardTotals {
  const open = rows.filter(({ group }) => group['status'] === 'open');
  const count = countOf(open);
  return { count, suspended: countOf(rows) - count, worth: worthOf(open, chances) };
}

/** The cards of one column from a cursor on. Throws `NotFound` for an unknown pipeline or stage. */
export async function boardColumn(
  store: ReadModelStore,
  question: BoardQuestion & { readonly stageId: string; readonly after?: string },
): Promise<BoardPage> {
  const { stageId, cards = CARDS, after, now } = question;
  const pipeline = await readPipeline(store, pipelineOf(question));
  const { where, ...alternatives } = narrowingOf(question, pipeline.stages, now);
  const { documents, next } = await store.find<OpportunityDocument>('opportunities', {
    ...alternatives,
    where: { ...where, status: 'open', stageId },
    sort: [['stageEnteredOn', 'descending']],
    limit: cards,
    ...(after === undefined ? {} : { after }),
  });
  // Deals can be read in a stage a moment before the pipeline is read with it.
  const isKnown = documents.length > 0 || pipeline.stages.some(({ id }) => id === stageId);
  if (!isKnown) throw new NotFound('stage', stageId);
  const page = documents.map((deal) => dealCard(deal, pipeline.stages, now));
  return next === undefined ? { cards: page } : { cards: page, next };
}
