/** The invented company of the sample: who sells what to whom, and through what. */

export interface Rep {
  readonly name: string;
  readonly team: string;
  readonly region: string;
  /** Above 1: closes more than others. */
  readonly skill: number;
}

export const reps: readonly Rep[] = [
  { name: 'Alice Moreau', team: 'Enterprise', region: 'Europe', skill: 1.12 },
  { name: 'Bruno Keller', team: 'Enterprise', region: 'Europe', skill: 1.0 },
  { name: 'Carla Rossi', team: 'Mid-market', region: 'Europe', skill: 0.95 },
  { name: 'Deniz Aydin', team: 'Mid-market', region: 'Europe', skill: 1.05 },
  { name: 'Emil Novak', team: 'Mid-market', region: 'Europe', skill: 0.88 },
  { name: 'Fatima Zahra', team: 'Enterprise', region: 'Middle East', skill: 1.08 },
  { name: 'Gideon Levy', team: 'Mid-market', region: 'Middle East', skill: 0.97 },
  { name: 'Hao Chen', team: 'Enterprise', region: 'Asia Pacific', skill: 1.15 },
  { name: 'Ines Tanaka', team: 'Enterprise', region: 'Asia Pacific', skill: 1.02 },
  { name: 'Jun Park', team: 'Mid-market', region: 'Asia Pacific', skill: 0.93 },
  { name: 'Kavya Iyer', team: 'Mid-market', region: 'Asia Pacific', skill: 1.04 },
  { name: 'Li Wei', team: 'Mid-market', region: 'Asia Pacific', skill: 1.1 },
  { name: 'Maria Silva', team: 'Enterprise', region: 'Americas', skill: 0.99 },
  { name: 'Noah Brooks', team: 'Enterprise', region: 'Americas', skill: 1.06 },
  { name: 'Olivia Grant', team: 'Mid-market', region: 'Americas', skill: 1.01 },
  { name: 'Pedro Alvarez', team: 'Mid-market', region: 'Americas', skill: 0.9 },
];

export const managerOf: Readonly<Record<string, string>> = {
  Enterprise: 'Sofia Lindqvist',
  'Mid-market': 'Tomas Okafor',
};

/** Products with a typical price in minor units and how often they are sold. */
export const products: readonly (readonly [product: { name: string; price: number }, weight: number])[] = [
  [{ name: 'Starter', price: 240_000 }, 34],
  [{ name: 'Team', price: 960_000 }, 28],
  [{ name: 'Business', price: 3_600_000 }, 20],
  [{ name: 'Enterprise', price: 14_500_000 }, 9],
  [{ name: 'Analytics add-on', price: 520_000 }, 12],
  [{ name: 'Onboarding', price: 310_000 }, 8],
];

export const channels: readonly (readonly [channel: string, weight: number])[] = [
  ['direct', 30],
  ['search', 18],
  ['agent', 14],
  ['dealer', 10],
  ['exhibition', 9],
  ['email', 11],
  ['e-commerce', 8],
];

export const campaignsByChannel: Readonly<Record<string, readonly string[]>> = {
  search: ['always-on search', 'brand terms'],
  exhibition: ['spring exhibition', 'autumn exhibition'],
  email: ['newsletter', 'win-back mailing'],
  'e-commerce': ['year-end bundle'],
};

export const competitors: readonly string[] = ['Northwind', 'Halcyon', 'Brightpath', 'Orbis'];

export const lossReasons: readonly (readonly [reason: string, weight: number])[] = [
  ['price', 34],
  ['no-decision', 26],
  ['missing-feature', 16],
  ['chose-competitor', 18],
  ['timing', 6],
];

/** Chance weights of the twelve months for a deal to begin: slow summers, strong ends of quarter. */
export const seasonality: readonly number[] = [8, 8, 11, 8, 9, 10, 6, 5, 10, 9, 10, 6];

const firstNames = 'Acorn Beacon Cedar Delta Ember Falcon Granite Harbor Indigo Juniper Krypton Lumen'.split(' ');
const lastNames = 'Foods Logistics Systems Textiles Energy Health Retail Robotics Media Motors Labs Partners'.split(
  ' ',
);

/** The customer of a number; some 1,400 companies with distinct names. */
export function customer(number: number): { readonly id: string; readonly name: string } {
  const first = firstNames[number % firstNames.length]!;
  const last = lastNames[Math.floor(number / firstNames.length) % lastNames.length]!;
  const series = Math.floor(number / (firstNames.length * lastNames.length));
  const name = series === 0 ? `${first} ${last}` : `${first} ${last} ${series + 1}`;
  return { id: name.toLowerCase().replaceAll(' ', '-'), name };
}
export const CUSTOMERS = 1_440;
