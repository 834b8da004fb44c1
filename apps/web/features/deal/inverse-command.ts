import type { Deal } from './api/deal.ts';
import type { DealCommand } from './api/deal-command.ts';

/**
 * The commands that take another back, one after the other, from how the deal was before it; none where there is no way
 * back, or where nothing can be put in its place.
 */
export function inverseCommands(command: DealCommand, before: Deal, reason: string): readonly DealCommand[] {
  const inverse = inverseCommand(command, before, reason);
  if (!inverse) return [];
  const won = command.name === 'win' ? command.body.amount : undefined;
  // A deal is won for an amount that stays when it is opened again.
  return won && (won.minorUnits !== before.amount || won.currency !== before.currency)
    ? [inverse, { name: 'change-amount', body: { reason, ...amountOf(before) } }]
    : [inverse];
}

function inverseCommand({ name, body }: DealCommand, before: Deal, reason: string): DealCommand | undefined {
  switch (name) {
    case 'move':
      return { name, body: { toStage: before.stageId, reason } };
    case 'suspend':
      return { name: 'reactivate', body: { reason } };
    case 'reactivate':
      return { name: 'suspend', body: { reason, ...(before.wakeUpOn === null ? {} : { wakeUpOn: before.wakeUpOn }) } };
    case 'win':
    case 'lose':
      return { name: 'reopen', body: { toStage: before.stageId, reason } };
    case 'transfer':
      return {
        name,
        body: {
          to: before.owner,
          reason,
          ...(before.team === null ? {} : { team: before.team }),
          ...(before.region === null ? {} : { region: before.region }),
        },
      };
    case 'form-team':
      return { name, body: { members: before.members } };
    case 'split-credit':
      return before.shares.length === 0 ? undefined : { name, body: { shares: before.shares } };
    case 'change-amount':
      return { name, body: amountOf(before) };
    case 'change-close-date':
      return { name, body: before.expectedCloseDate === null ? {} : { expectedCloseDate: before.expectedCloseDate } };
    case 'change-product':
      return { name, body: before.product === null ? {} : { product: before.product } };
    case 'judge-forecast':
      return { name, body: forecastOf(before) };
    case 'correct-details':
      return {
        name,
        body: {
          ...(body.title === undefined ? {} : { title: before.title }),
          ...(body.customer === undefined ? {} : { customer: customerOf(before) }),
          ...(body.team === undefined ? {} : { team: before.team }),
          ...(body.region === undefined ? {} : { region: before.region }),
          ...(body.channel === undefined ? {} : { channel: before.channel }),
          ...(body.campaign === undefined ? {} : { campaign: before.campaign }),
        },
      };
    case 'terminate':
    case 'log-activity':
    case 'reopen':
    case 'close':
    case 'archive':
    case 'withdraw':
      return undefined;
  }
}

/** What the rep's judgement of a deal is, as a command says it. */
export function forecastOf({
  probability,
  forecastCategory,
}: Deal): Extract<DealCommand, { name: 'judge-forecast' }>['body'] {
  const category = (['commit', 'best_case', 'pipeline', 'omitted'] as const).find((each) => each === forecastCategory);
  return {
    ...(probability === null ? {} : { probability }),
    ...(category === undefined ? {} : { forecastCategory: category }),
  };
}

function amountOf({ amount, currency }: Deal): { amount?: { minorUnits: number; currency: string } } {
  return amount === null || currency === null ? {} : { amount: { minorUnits: amount, currency } };
}

function customerOf({ customerId, customerName }: Deal): { id: string; name: string } | null {
  return customerId === null ? null : { id: customerId, name: customerName ?? customerId };
}
