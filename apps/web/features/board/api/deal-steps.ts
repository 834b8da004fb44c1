import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';
import type { DealCard } from './board.ts';

type Schemas = components['schemas'];

/** What can become of a deal from the board, with what the server is told about it. */
export type DealStep =
  | { readonly kind: 'move'; readonly body: Schemas['MoveOpportunityDto'] }
  | { readonly kind: 'win'; readonly body: Schemas['WinOpportunityDto'] }
  | { readonly kind: 'lose'; readonly body: Schemas['LoseOpportunityDto'] }
  | { readonly kind: 'suspend'; readonly body: Schemas['SuspendOpportunityDto'] }
  | { readonly kind: 'reactivate'; readonly body: Schemas['CommandDto'] }
  | { readonly kind: 'reopen'; readonly body: Schemas['ReopenOpportunityDto'] }
  | { readonly kind: 'transfer'; readonly body: Schemas['TransferOpportunityDto'] };

/** A step, or what only taking one back needs. */
export type UndoStep =
  DealStep | { readonly kind: 'change-amount'; readonly body: Schemas['ChangeOpportunityAmountDto'] };

/** Carries a step out on the deal as it was read at a revision. Throws the server's refusal as a `Problem`. */
export function takeStep(id: string, revision: number, { kind, body }: UndoStep): Promise<Schemas['CommandAnswerDto']> {
  const header = { 'If-Match': `"${revision}"`, 'Idempotency-Key': crypto.randomUUID() };
  const params = { path: { id }, header };
  switch (kind) {
    case 'move':
      return dataOf(api.POST('/api/v1/opportunities/{id}/move', { params, body }));
    case 'win':
      return dataOf(api.POST('/api/v1/opportunities/{id}/win', { params, body }));
    case 'lose':
      return dataOf(api.POST('/api/v1/opportunities/{id}/lose', { params, body }));
    case 'suspend':
      return dataOf(api.POST('/api/v1/opportunities/{id}/suspend', { params, body }));
    case 'reactivate':
      return dataOf(api.POST('/api/v1/opportunities/{id}/reactivate', { params, body }));
    case 'reopen':
      return dataOf(api.POST('/api/v1/opportunities/{id}/reopen', { params, body }));
    case 'transfer':
      return dataOf(api.POST('/api/v1/opportunities/{id}/transfer', { params, body }));
    case 'change-amount':
      return dataOf(api.POST('/api/v1/opportunities/{id}/change-amount', { params, body }));
  }
}

/** What takes a step back, one after the other; the server records each as a step of its own. */
export function inverseOf({ kind, body }: DealStep, before: DealCard, reason: string): readonly UndoStep[] {
  const reopen = { kind: 'reopen', body: { toStage: before.stageId, reason } } as const;
  switch (kind) {
    case 'move':
      return [{ kind: 'move', body: { toStage: before.stageId, reason } }];
    case 'suspend':
      return [{ kind: 'reactivate', body: { reason } }];
    case 'win':
      return [reopen, ...amountBefore(body, before, reason)];
    case 'lose':
      return [reopen];
    case 'transfer': {
      const { owner, team, region } = before;
      const where = { ...(team === null ? {} : { team }), ...(region === null ? {} : { region }) };
      return [{ kind: 'transfer', body: { to: owner, reason, ...where } }];
    }
    case 'reactivate':
    case 'reopen':
      return [];
  }
}

/** A deal is won for an amount that stays when it is opened again. */
function amountBefore(
  { amount: won }: Schemas['WinOpportunityDto'],
  { amount, currency }: DealCard,
  reason: string,
): readonly UndoStep[] {
  if (!won || (won.minorUnits === amount && won.currency === currency)) return [];
  const money = amount === null || currency === null ? {} : { amount: { minorUnits: amount, currency } };
  return [{ kind: 'change-amount', body: { reason, ...money } }];
}

/** A deal as it is now, for a step that was refused on the deal as it was. */
export async function readAgain(seen: DealCard): Promise<DealCard> {
  const deal = await dataOf(api.GET('/api/v1/opportunities/{id}', { params: { path: { id: seen.id } } }));
  const { revision, title, stageId, status, owner, team, region, amount, currency } = deal;
  return { ...seen, revision, title, stageId, status, owner, team, region, amount, currency };
}

/** Opens a deal; the same key twice opens one. */
export function openDeal(body: Schemas['OpenOpportunityDto'], key: string): Promise<Schemas['CommandAnswerDto']> {
  return dataOf(api.POST('/api/v1/opportunities', { params: { header: { 'Idempotency-Key': key } }, body }));
}
