import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { fitBgNbd } from '../libs/statistics/lifetime-value/bg-nbd-fit.ts';
import type { BgNbdParameters } from '../libs/statistics/lifetime-value/bg-nbd.ts';
import { fitGammaGamma } from '../libs/statistics/lifetime-value/gamma-gamma.ts';
import { valueCustomers } from '../libs/statistics/lifetime-value/lifetime-value-of-customers.ts';
import type { LifetimeValueTerms } from '../libs/statistics/lifetime-value/lifetime-value.ts';
import type { Journey } from '../libs/statistics/attribution/journey.ts';
import { markovAttribution } from '../libs/statistics/attribution/markov.ts';
import { shapleyAttribution } from '../libs/statistics/attribution/shapley.ts';

export interface StatisticsInput {
  readonly task: keyof typeof tasks;
  /** Customers or journeys. */
  readonly size: number;
}

/** Milliseconds of the computation alone; what it works on is invented before. */
export async function run({ task, size }: StatisticsInput): Promise<number> {
  const work = tasks[task](size);
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

const tasks = {
  fit: (size: number) => {
    const buyers = inventedBuyers(size);
    return () => {
      fitBgNbd(buyers);
      fitGammaGamma(buyers);
    };
  },
  score: (size: number) => {
    const buyers = inventedBuyers(size);
    return () => valueCustomers(buyers, PURCHASES, VALUES, YEAR);
  },
  markov: (size: number) => {
    const journeys = inventedJourneys(size, 100);
    return () => markovAttribution(journeys);
  },
  shapley: (size: number) => {
    const journeys = inventedJourneys(size, 12);
    return () => shapleyAttribution(journeys);
  },
};

const YEAR: LifetimeValueTerms = { months: 12, unit: 'weeks', monthlyDiscount: 0.01, marginRate: 1 };
const SEED = 20_260_101;
/** Published of the CDNOW sample, in weeks and dollars. */
const PURCHASES: BgNbdParameters = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const VALUES = { p: 6.25, q: 3.74, v: 15.44 };

/** Customers as the models would have them, with times in whole days, as a shop counts them. */
function inventedBuyers(size: number) {
  const random = randomNumbers();
  return Array.from({ length: size }, () => {
    const age = (189 + Math.floor(random() * 84)) / 7;
    const rate = gamma(random, PURCHASES.r) / PURCHASES.alpha;
    const [leaves, stays] = [gamma(random, PURCHASES.a), gamma(random, PURCHASES.b)];
    let [frequency, recency] = [0, 0];
    for (let alive = true; alive; alive = random() >= leaves / (leaves + stays)) {
      const next = recency - Math.log(random()) / rate;
      if (!(next < age)) break;
      frequency += 1;
      recency = Math.ceil(next * 7) / 7;
    }
    const scale = gamma(random, VALUES.q) / VALUES.v;
    const meanValue = frequency === 0 ? null : gamma(random, VALUES.p * frequency) / (scale * frequency);
    return { frequency, recency, age, meanValue };
  });
}

/** Journeys of one to ten touches, the first channels the most frequent ones. */
function inventedJourneys(size: number, channels: number): Journey[] {
  const random = randomNumbers();
  const names = Array.from({ length: channels }, (_, index) => `channel ${index}`);
  return Array.from({ length: size }, () => {
    const touches = 1 + Math.floor(random() * 10);
    const path = Array.from({ length: touches }, () => names[Math.floor(random() ** 2 * channels)]!);
    const conversions = random() < 0.2 ? 1 : 0;
    return { channels: path, conversions, value: conversions * random() * 100, nulls: 1 - conversions };
  });
}

/** Numbers strictly between 0 and 1. */
function randomNumbers(): () => number {
  const generator = xoroshiro128plus(SEED);
  return () => ((generator.next() >>> 0) + 0.5) / 2 ** 32;
}

/** A gamma variate of scale 1 (Marsaglia and Tsang 2000). */
function gamma(random: () => number, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * random() ** (1 / shape);
  const most = shape - 1 / 3;
  const spread = 1 / Math.sqrt(9 * most);
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const cube = (1 + spread * normal) ** 3;
    if (cube > 0 && Math.log(random()) < normal ** 2 / 2 + most * (1 - cube + Math.log(cube))) return most * cube;
  }
}
