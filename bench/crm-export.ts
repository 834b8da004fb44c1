import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { random } from '../libs/sample/random.ts';

const DEALS = 8_800;
const DAY = 86_400_000;
const FIRST = Date.parse('2016-10-20');

const regions = ['Central', 'East', 'West'];
const agents = Array.from({ length: 30 }, (_, index) => `Agent ${index + 1}`);
const accounts = Array.from({ length: 85 }, (_, index) => `Account ${index + 1}`);
const products = [
  ['Basic', 550],
  ['Plus', 1_096],
  ['Pro', 4_821],
] as const;

/** Writes an export of the form and size of the real one, always the same. Answers the directory. */
export function writeCrmExport(directory: string): string {
  const draw = random(1);
  const write = (file: string, rows: readonly object[]): void =>
    writeFileSync(join(directory, file), stringify([...rows], { header: true }));
  mkdirSync(directory, { recursive: true });
  write(
    'accounts.csv',
    accounts.map((account) => ({ account, sector: 'retail', office_location: 'Norway' })),
  );
  write(
    'products.csv',
    products.map(([product, price]) => ({ product, series: 'GTX', sales_price: price })),
  );
  write(
    'sales_teams.csv',
    agents.map((agent, index) => ({
      sales_agent: agent,
      manager: `Manager ${index % 6}`,
      regional_office: regions[index % regions.length],
    })),
  );
  write(
    'sales_pipeline.csv',
    Array.from({ length: DEALS }, (_, index) => {
      const [product, price] = draw.pick(products);
      const stage = draw.weighted([
        ['Won', 48],
        ['Lost', 28],
        ['Engaging', 18],
        ['Prospecting', 6],
      ]);
      const begun = FIRST + draw.whole(0, 300) * DAY;
      const ended = stage === 'Won' || stage === 'Lost';
      return {
        opportunity_id: `G${String(index).padStart(7, '0')}`,
        sales_agent: draw.pick(agents),
        product,
        account: draw.pick(accounts),
        deal_stage: stage,
        engage_date: stage === 'Prospecting' ? '' : dayOf(begun),
        close_date: ended ? dayOf(begun + draw.whole(1, 130) * DAY) : '',
        close_value: stage === 'Won' ? Math.round(draw.skewed(price, 0.1)) : stage === 'Lost' ? 0 : '',
      };
    }),
  );
  return directory;
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
