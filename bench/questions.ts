import type { ReadModelStore } from '../libs/eventsourcing/read-model-store.ts';
import { board } from '../libs/opportunities/reports/board.query.ts';
import { forecast } from '../libs/opportunities/reports/forecast.query.ts';
import { funnel } from '../libs/opportunities/reports/funnel.query.ts';
import { opportunities } from '../libs/opportunities/reports/opportunities.query.ts';
import { opportunity } from '../libs/opportunities/reports/opportunity.query.ts';
import { reps } from '../libs/sample/company.ts';
import { UNTIL } from './sample-log.ts';

/** Something people look at, asked of the read models and over HTTP. Each number asks it of another deal, owner or day. */
export interface Question {
  readonly name: string;
  /** Milliseconds in which 99 of 100 answers are to be there. */
  readonly within?: number;
  ask(store: ReadModelStore, number: number, deals: number): Promise<unknown>;
  path(number: number, deals: number): string;
}

const now = `${UNTIL}T00:00:00.000Z`;
const WITHIN = 20;
const DAY = 86_400_000;

const owner = (number: number): string => reps[number % reps.length]!.name;
const region = (number: number): string => [...new Set(reps.map((rep) => rep.region))][number % 4]!;
const pastDay = (number: number): string =>
  new Date(Date.parse(UNTIL) - (30 + ((number * 37) % 900)) * DAY).toISOString().slice(0, 10);
const dealId = (number: number, deals: number): string => `s1-${1 + ((number * 7_919) % deals)}`;

/** The eight quarters before the sample ends. */
function quarter(number: number): { from: string; to: string } {
  const month = 3 * (number % 8);
  return {
    from: new Date(Date.UTC(2024, 9 + month, 1)).toISOString().slice(0, 10),
    to: new Date(Date.UTC(2024, 12 + month, 0)).toISOString().slice(0, 10),
  };
}

export const questions: readonly Question[] = [
  {
    name: 'board, first cards',
    within: WITHIN,
    ask: (store) => board(store, { now }),
    path: () => '/api/v1/board',
  },
  {
    name: 'board of an owner',
    within: WITHIN,
    ask: (store, number) => board(store, { now, owner: owner(number) }),
    path: (number) => `/api/v1/board?owner=${encodeURIComponent(owner(number))}`,
  },
  {
    name: 'funnel now',
    within: WITHIN,
    ask: (store) => funnel(store, { now }),
    path: () => '/api/v1/funnel',
  },
  {
    name: 'funnel by owner',
    within: WITHIN,
    ask: (store) => funnel(store, { now, groupBy: 'owner' }),
    path: () => '/api/v1/funnel?by=owner',
  },
  {
    name: 'funnel of a region',
    within: WITHIN,
    ask: (store, number) => funnel(store, { now, region: region(number) }),
    path: (number) => `/api/v1/funnel?region=${encodeURIComponent(region(number))}`,
  },
  {
    name: 'funnel as of a past day',
    within: WITHIN,
    ask: (store, number) => funnel(store, { now, asOf: pastDay(number) }),
    path: (number) => `/api/v1/funnel?asOf=${pastDay(number)}`,
  },
  {
    name: 'funnel over a quarter',
    within: WITHIN,
    ask: (store, number) => funnel(store, { now, period: quarter(number) }),
    path(number) {
      const { from, to } = quarter(number);
      return `/api/v1/funnel?from=${from}&to=${to}`;
    },
  },
  {
    name: 'forecast',
    ask: (store) => forecast(store, { now }),
    path: () => '/api/v1/forecast',
  },
  {
    name: 'list, first page',
    ask: (store) => opportunities(store, { now }),
    path: () => '/api/v1/opportunities',
  },
  {
    name: 'list of an owner',
    ask: (store, number) => opportunities(store, { now, owner: owner(number) }),
    path: (number) => `/api/v1/opportunities?owner=${encodeURIComponent(owner(number))}`,
  },
  {
    name: 'detail of a deal',
    ask: (store, number, deals) => opportunity(store, dealId(number, deals), now),
    path: (number, deals) => `/api/v1/opportunities/${dealId(number, deals)}`,
  },
];
