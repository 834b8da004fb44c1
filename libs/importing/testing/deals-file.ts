import { join } from 'node:path';
import type { DealsMap } from '../import-map.ts';
import { dealsSource } from '../import-sources.ts';
import { importDesk, type ImportDesk } from './import-desk.ts';

/** Three stages; dates are days in UTC, amounts dollars. */
export const map: DealsMap = {
  pipeline: {
    id: 'sales',
    stages: ['lead', 'talk', 'offer'].map((id) => ({
      id,
      name: id,
      successRate: 5_000,
      expectedDuration: { count: 1, unit: 'months' },
      requires: [],
    })),
  },
  dateFormats: ['yyyy-MM-dd'],
  timeZone: 'UTC',
  currency: 'USD',
  columns: {
    id: 'id',
    owner: 'owner',
    product: 'product',
    amount: 'amount',
    wonAmount: 'brought',
    stage: 'stage',
    openedAt: 'opened',
    endedAt: 'ended',
    lossReason: 'why',
  },
  stages: {
    Lead: { stage: 'lead' },
    Talk: { stage: 'talk' },
    Offer: { stage: 'offer' },
    Won: { stage: 'offer', outcome: 'won' },
    Lost: { stage: 'offer', outcome: 'lost' },
  },
};

/** A row as a CRM exports it; a cell left out is empty. */
export interface Row {
  readonly id?: string;
  readonly owner?: string;
  readonly product?: string;
  readonly amount?: string;
  readonly brought?: string;
  readonly stage?: string;
  readonly opened?: string;
  readonly ended?: string;
  readonly why?: string;
}

export const open: Row = {
  id: 'd1',
  owner: 'Ada',
  product: 'Pump',
  amount: '100',
  stage: 'Lead',
  opened: '2026-01-05',
};
export const won: Row = { ...open, stage: 'Won', brought: '90.50', ended: '2026-02-01' };
export const lost: Row = { ...open, stage: 'Lost', why: 'Too dear', ended: '2026-02-03' };

const heading = ['id', 'owner', 'product', 'amount', 'brought', 'stage', 'opened', 'ended', 'why'] as const;

/** The rows as the file `deals.csv`. */
export function dealsFile(...rows: readonly Row[]) {
  const lines = rows.map((row) => heading.map((column) => row[column] ?? '').join(','));
  return { 'deals.csv': `${heading.join(',')}\n${lines.join('\n')}\n` };
}

/** A desk whose files are read as `deals.csv` by the map. */
export function dealsDesk(): Promise<ImportDesk> {
  return importDesk((folder) => dealsSource(join(folder, 'deals.csv'), map));
}
