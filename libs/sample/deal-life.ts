import type { Actor } from '../eventsourcing/event.ts';
import type { OpportunityCommand } from '../opportunities/rules/opportunity.commands.ts';
import type { Stage } from '../pipelines/pipeline.events.ts';
import {
  campaignsByChannel,
  channels,
  competitors,
  customer,
  CUSTOMERS,
  lossReasons,
  managerOf,
  products,
  reps,
} from './company.ts';
import type { Random } from './random.ts';

/** One command of a deal's life with its circumstances; `at` in milliseconds since 1970. */
export interface Step {
  readonly at: number;
  readonly command: OpportunityCommand;
  readonly actor: Actor;
  readonly reason?: string;
}

const DAY = 86_400_000;
const activities = ['call', 'email', 'meeting', 'visit', 'demo', 'message'] as const;
const outcomes = ['interested', 'asked for a quote', 'no answer', 'next meeting agreed', 'budget confirmed'];
/** Median days in a stage, in the order of the default pipeline. */
const dwell = [24, 18, 14, 6];
/** Chance to go on from each stage rather than be lost there. */
const goesOn = [0.6, 0.74, 0.84, 0.96];

/** Everything that happens to one deal from its opening on, in order of time; ended by a decision or by silence. */
export function dealLife(draw: Random, openedAt: number, stages: readonly Stage[]): readonly Step[] {
  const rep = draw.pick(reps);
  const product = draw.weighted(products);
  const channel = draw.weighted(channels);
  const campaigns = campaignsByChannel[channel];
  const buyer = customer(Math.floor(draw.skewed(180, 1.1)) % CUSTOMERS);
  const actor: Actor = { id: identifier(rep.name), role: 'rep' };
  const manager: Actor = { id: identifier(managerOf[rep.team]!), role: 'manager' };
  const steps: Step[] = [];
  let clock = openedAt;
  let minorUnits = Math.max(10_000, Math.round(draw.skewed(product.price, 0.35) / 10_000) * 10_000);
  let activity = 0;

  const then = (command: OpportunityCommand, reason?: string, by: Actor = actor): void => {
    steps.push({ at: clock, command, actor: by, ...(reason === undefined ? {} : { reason }) });
  };
  const later = (days: number): void => {
    clock += Math.round(days * DAY) + draw.whole(60_000, 3_600_000);
  };

  then({
    type: 'OpenOpportunity',
    pipelineId: 'default',
    title: `${product.name} for ${buyer.name}`,
    customer: buyer,
    owner: rep.name,
    team: rep.team,
    region: rep.region,
    product: product.name,
    channel,
    ...(campaigns && draw.chance(0.7) ? { campaign: draw.pick(campaigns) } : {}),
    amount: { minorUnits, currency: 'USD' },
    expectedCloseDate: day(openedAt + draw.whole(30, 120) * DAY),
  });

  let lost = false;
  for (let at = 0; at < stages.length;) {
    const stay = draw.skewed(dwell[Math.min(at, 3)]!, 0.7);
    const touches = draw.whole(1, 3);
    for (let touch = 0; touch < touches; touch += 1) {
      later(stay / (touches + 1));
      activity += 1;
      then({
        type: 'LogOpportunityActivity',
        activityId: `a${activity}`,
        kind: draw.pick(activities),
        outcome: draw.pick(outcomes),
        ...(draw.chance(0.2) ? { cost: { minorUnits: draw.whole(20, 900) * 100, currency: 'USD' } } : {}),
      });
    }
    later(stay / (touches + 1));
    if (draw.chance(0.02)) return steps;
    if (draw.chance(0.12)) {
      minorUnits = Math.max(10_000, Math.round((minorUnits * draw.skewed(1, 0.2)) / 10_000) * 10_000);
      then({ type: 'ChangeOpportunityAmount', amount: { minorUnits, currency: 'USD' } });
    }
    if (draw.chance(0.1)) {
      then({ type: 'ChangeOpportunityCloseDate', expectedCloseDate: day(clock + draw.whole(14, 75) * DAY) });
    }
    if (draw.chance(0.03)) {
      then({ type: 'SuspendOpportunity' }, 'customer froze its budget');
      later(draw.whole(10, 60));
      then({ type: 'ReactivateOpportunity' }, 'budget released');
    }
    if (draw.chance(0.03)) {
      const heir = draw.pick(reps.filter(({ name, region }) => name !== rep.name && region === rep.region));
      if (heir) then({ type: 'TransferOpportunity', to: heir.name, team: heir.team }, 'territory change', manager);
    }
    if (at > 0 && draw.chance(0.05)) {
      at -= 1;
      then({ type: 'MoveOpportunity', toStage: stages[at]!.id }, 'customer reconsiders the scope');
      continue;
    }
    if (!draw.chance(Math.min(0.98, goesOn[Math.min(at, 3)]! * rep.skill))) {
      lost = true;
      break;
    }
    const skip = at + 2 < stages.length && draw.chance(0.04);
    at += skip ? 2 : 1;
    if (at < stages.length) {
      then(
        { type: 'MoveOpportunity', toStage: stages[at]!.id },
        skip ? 'customer was ready to go on at once' : undefined,
      );
    }
  }

  if (lost) {
    const reasonCode = draw.weighted(lossReasons);
    const competitor = reasonCode === 'chose-competitor' || draw.chance(0.2) ? draw.pick(competitors) : undefined;
    then({ type: 'LoseOpportunity', reasonCode, ...(competitor ? { competitor } : {}) });
  } else {
    then({ type: 'WinOpportunity', amount: { minorUnits: Math.round(minorUnits * 0.97), currency: 'USD' } });
  }
  if (draw.chance(0.7)) {
    later(draw.whole(3, 20));
    then({
      type: 'CloseOpportunity',
      whatHappened: lost ? 'The customer decided against us.' : 'Signed after negotiation.',
      reason: lost ? 'See the reason code.' : 'Fit and price.',
    });
    if (draw.chance(0.5)) {
      later(90);
      then({ type: 'ArchiveOpportunity' });
    }
  }
  return steps;
}

function day(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function identifier(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
