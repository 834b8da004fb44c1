import { api, dataOf } from '../../../api/client.ts';
import type { components } from '../../../api/schema.d.ts';

type Schemas = components['schemas'];

interface Bodies {
  readonly move: Schemas['MoveOpportunityDto'];
  readonly suspend: Schemas['SuspendOpportunityDto'];
  readonly reactivate: Schemas['CommandDto'];
  readonly terminate: Schemas['CommandDto'];
  readonly transfer: Schemas['TransferOpportunityDto'];
  readonly 'form-team': Schemas['FormOpportunityTeamDto'];
  readonly 'split-credit': Schemas['SplitOpportunityCreditDto'];
  readonly 'log-activity': Schemas['LogOpportunityActivityDto'];
  readonly win: Schemas['WinOpportunityDto'];
  readonly lose: Schemas['LoseOpportunityDto'];
  readonly reopen: Schemas['ReopenOpportunityDto'];
  readonly close: Schemas['CloseOpportunityDto'];
  readonly archive: Schemas['CommandDto'];
  readonly 'change-amount': Schemas['ChangeOpportunityAmountDto'];
  readonly 'change-close-date': Schemas['ChangeOpportunityCloseDateDto'];
  readonly 'change-product': Schemas['ChangeOpportunityProductDto'];
  readonly 'judge-forecast': Schemas['JudgeOpportunityForecastDto'];
  readonly 'correct-details': Schemas['CorrectOpportunityDetailsDto'];
  readonly withdraw: Schemas['CommandDto'];
}

/** What can be asked of a deal: the last part of the address, and what is sent there. */
export type DealCommand = {
  [Name in keyof Bodies]: { readonly name: Name; readonly body: Bodies[Name] };
}[keyof Bodies];
export type CommandAnswer = Schemas['CommandAnswerDto'];

/**
 * Carries out a command on a deal that was read at a revision. Throws a `Problem` that is a conflict where the deal
 * changed since.
 */
export function carryOut(id: string, revision: number, { name, body }: DealCommand): Promise<CommandAnswer> {
  const params = {
    path: { id },
    header: { 'If-Match': `"${revision}"`, 'Idempotency-Key': crypto.randomUUID() },
  };
  switch (name) {
    case 'move':
      return dataOf(api.POST('/api/v1/opportunities/{id}/move', { params, body }));
    case 'suspend':
      return dataOf(api.POST('/api/v1/opportunities/{id}/suspend', { params, body }));
    case 'reactivate':
      return dataOf(api.POST('/api/v1/opportunities/{id}/reactivate', { params, body }));
    case 'terminate':
      return dataOf(api.POST('/api/v1/opportunities/{id}/terminate', { params, body }));
    case 'transfer':
      return dataOf(api.POST('/api/v1/opportunities/{id}/transfer', { params, body }));
    case 'form-team':
      return dataOf(api.POST('/api/v1/opportunities/{id}/form-team', { params, body }));
    case 'split-credit':
      return dataOf(api.POST('/api/v1/opportunities/{id}/split-credit', { params, body }));
    case 'log-activity':
      return dataOf(api.POST('/api/v1/opportunities/{id}/log-activity', { params, body }));
    case 'win':
      return dataOf(api.POST('/api/v1/opportunities/{id}/win', { params, body }));
    case 'lose':
      return dataOf(api.POST('/api/v1/opportunities/{id}/lose', { params, body }));
    case 'reopen':
      return dataOf(api.POST('/api/v1/opportunities/{id}/reopen', { params, body }));
    case 'close':
      return dataOf(api.POST('/api/v1/opportunities/{id}/close', { params, body }));
    case 'archive':
      return dataOf(api.POST('/api/v1/opportunities/{id}/archive', { params, body }));
    case 'change-amount':
      return dataOf(api.POST('/api/v1/opportunities/{id}/change-amount', { params, body }));
    case 'change-close-date':
      return dataOf(api.POST('/api/v1/opportunities/{id}/change-close-date', { params, body }));
    case 'change-product':
      return dataOf(api.POST('/api/v1/opportunities/{id}/change-product', { params, body }));
    case 'judge-forecast':
      return dataOf(api.POST('/api/v1/opportunities/{id}/judge-forecast', { params, body }));
    case 'correct-details':
      return dataOf(api.POST('/api/v1/opportunities/{id}/correct-details', { params, body }));
    case 'withdraw':
      return dataOf(api.POST('/api/v1/opportunities/{id}/withdraw', { params, body }));
  }
}
