import type { Status } from './api/deal.ts';

/** What the menu of a deal offers. */
export const ACTIONS = [
  'move',
  'win',
  'lose',
  'log-activity',
  'transfer',
  'form-team',
  'split-credit',
  'suspend',
  'reactivate',
  'reopen',
  'close',
  'archive',
  'terminate',
  'withdraw',
] as const;
export type DealAction = (typeof ACTIONS)[number];

const LIVING: readonly Status[] = ['open', 'suspended'];
const UNCLOSED: readonly Status[] = [...LIVING, 'won', 'lost', 'terminated'];

/** The statuses in which the rules of a deal know an action; the server decides. */
const STATUSES: Readonly<Record<DealAction, readonly Status[]>> = {
  move: ['open'],
  win: ['open'],
  lose: ['open'],
  'log-activity': UNCLOSED,
  transfer: LIVING,
  'form-team': LIVING,
  'split-credit': LIVING,
  suspend: ['open'],
  reactivate: ['suspended'],
  reopen: ['won', 'lost'],
  close: ['won', 'lost', 'terminated'],
  archive: ['closed'],
  terminate: LIVING,
  withdraw: UNCLOSED,
};

/** The actions that a deal of a status allows, in the order of the menu. */
export function actionsOf(status: Status): readonly DealAction[] {
  return ACTIONS.filter((action) => STATUSES[action].includes(status));
}

/** Whether an action undoes how a deal ended, which takes a right of its own. */
export function undoesEnding(action: DealAction, status: Status): boolean {
  return action === 'reopen' || (action === 'withdraw' && !isLiving(status));
}

/** Whether amount, forecast and owner of a deal may still change. */
export function isLiving(status: Status): boolean {
  return LIVING.includes(status);
}

/** Whether the other details of a deal may still be corrected. */
export function isUnclosed(status: Status): boolean {
  return UNCLOSED.includes(status);
}
