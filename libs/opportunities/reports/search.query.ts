import type { ReadModelStore, Where } from '../../eventsourcing/read-model-store.ts';
import type { OpportunityDocument } from '../read-models/opportunity.document.ts';
import { folded, searchWords } from '../read-models/search-text.ts';

export interface SearchQuestion {
  readonly text: string;
  /** Most deals, and most customers; 10 where left out. */
  readonly limit?: number;
}

export interface SearchAnswer {
  readonly deals: readonly FoundDeal[];
  readonly customers: readonly FoundCustomer[];
}

const shownFields = [
  ...(['id', 'title', 'pipelineId', 'stageId', 'status', 'customerId', 'customerName'] as const),
  ...(['owner', 'amount', 'currency', 'changedAt'] as const),
] as const;
export type FoundDeal = Pick<OpportunityDocument, (typeof shownFields)[number]>;

export interface FoundCustomer {
  readonly customerId: string;
  readonly customerName: string | null;
  /** Where most of its deals are that lists show. */
  readonly pipelineId: string;
  /** Its deals in all pipelines that lists show. */
  readonly deals: number;
}

/** The latest of the deals that match are ranked; of more than these, a person would say more. */
const RANKED = 200;

/**
 * Deals and customers of all pipelines that have every word of a text in them. What begins with the text comes first, then
 * what has a word that begins with it; open deals before others, and the latest change first. Archived deals are found
 * by their exact id alone.
 */
export async function search(store: ReadModelStore, { text, limit = 10 }: SearchQuestion): Promise<SearchAnswer> {
  const words = searchWords(text);
  if (words.length === 0) return { deals: [], customers: [] };
  const { documents: pipelines } = await store.find('pipelines', {});
  const where: Where = {
    pipelineId: { in: pipelines.map(({ id }) => id) },
    listed: true,
    searchText: { contains: words },
  };
  const [exact, found, customers] = await Promise.all([
    store.getMany<OpportunityDocument>('opportunities', [text.trim()]),
    store.find<OpportunityDocument>('opportunities', { where, sort: [['changedAt', 'descending']], limit: RANKED }),
    customersOf(store, where, words, limit),
  ]);
  const known = exact.filter(({ status }) => status !== 'withdrawn');
  const others = found.documents.filter(({ id }) => known.every((deal) => deal.id !== id));
  const ranked = others
    .map((deal) => ({
      deal,
      rank: rankOf(words, [deal.title, deal.customerName]) + (deal.status === 'open' ? 0 : 0.5),
    }))
    .toSorted((left, right) => left.rank - right.rank);
  const deals = [...known, ...ranked.map(({ deal }) => deal)].slice(0, limit);
  return { deals: deals.map(shown), customers };
}

async function customersOf(
  store: ReadModelStore,
  where: Where,
  words: readonly string[],
  limit: number,
): Promise<readonly FoundCustomer[]> {
  const rows = await store.sum('opportunities', {
    where: { ...where, customerId: { not: null } },
    by: ['customerId', 'customerName'],
  });
  const names = new Map<string, { name: string | null; rank: number; count: number }>();
  for (const { group, count } of rows) {
    const [id, name] = [group['customerId'] as string, group['customerName'] as string | null];
    const texts = [name, id].filter((each) => each !== null).map(folded);
    if (!words.every((word) => texts.some((each) => each.includes(word)))) continue;
    const rank = rankOf(words, [name, id]);
    const other = names.get(id);
    // Deals may name a customer differently; the name most of those that match give it stands.
    if (!other || rank < other.rank || (rank === other.rank && count > other.count))
      names.set(id, { name, rank, count });
  }
  const best = [...names]
    .toSorted(([, left], [, right]) => left.rank - right.rank || right.count - left.count)
    .slice(0, limit);
  const counts = await store.sum('opportunities', {
    where: { customerId: { in: best.map(([id]) => id) }, listed: true },
    by: ['customerId', 'pipelineId'],
  });
  return best.map(([customerId, { name: customerName }]) => {
    const own = counts.filter(({ group }) => group['customerId'] === customerId);
    const [first] = own.toSorted((left, right) => right.count - left.count);
    return {
      customerId,
      customerName,
      pipelineId: String(first?.group['pipelineId']),
      deals: own.reduce((sum, { count }) => sum + count, 0),
    };
  });
}

/** 0 where the first text begins with the words, 1 where it has words that begin so; 2 and 3 for the second; else 4. */
function rankOf(words: readonly string[], texts: readonly (string | null)[]): number {
  const phrase = words.join(' ');
  for (const [index, text] of texts.entries()) {
    const whole = folded(text ?? '');
    if (whole.startsWith(phrase)) return 2 * index;
    const begun = whole.split(/[^\p{L}\p{N}]+/u);
    if (words.every((word) => begun.some((each) => each.startsWith(word)))) return 2 * index + 1;
  }
  return 2 * texts.length;
}

function shown(deal: OpportunityDocument): FoundDeal {
  return Object.fromEntries(shownFields.map((field) => [field, deal[field]])) as unknown as FoundDeal;
}
