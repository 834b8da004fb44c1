import type { EventsOf } from '../eventsourcing/catalogue.ts';
import {
  BasisPoints,
  Day,
  Identifier,
  LongText,
  Money,
  Text,
  Timestamp,
  Type,
  type Static,
  closed,
} from '../eventsourcing/schema.ts';

/** A customer as a deal names it. */
export const CustomerReference = Type.Object({ id: Identifier, name: Text }, closed);
export type CustomerReference = Static<typeof CustomerReference>;

/** What a deal is counted by, and what is known of it. All of it may change during its life. */
const details = {
  title: Text,
  customer: Type.Optional(CustomerReference),
  owner: Text,
  team: Type.Optional(Text),
  region: Type.Optional(Text),
  product: Type.Optional(Text),
  channel: Type.Optional(Text),
  campaign: Type.Optional(Text),
  amount: Type.Optional(Money),
  expectedCloseDate: Type.Optional(Day),
  /** The rep's own chance to win; overrides the stage's. */
  probability: Type.Optional(BasisPoints),
  forecastCategory: Type.Optional(
    Type.Union([Type.Literal('commit'), Type.Literal('best_case'), Type.Literal('pipeline'), Type.Literal('omitted')]),
  ),
  /** What the source of an import called things, and whatever else it knew, as text. */
  attributes: Type.Optional(
    Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.String({ maxLength: 2_000 })),
  ),
};
export const OpportunityDetails = Type.Object(details, closed);
export type OpportunityDetails = Static<typeof OpportunityDetails>;

/** The details that `OpportunityDetailsCorrected` may set; null clears. */
export const DetailChanges = Type.Partial(
  Type.Object(
    {
      title: Text,
      customer: Type.Union([CustomerReference, Type.Null()]),
      team: Type.Union([Text, Type.Null()]),
      region: Type.Union([Text, Type.Null()]),
      channel: Type.Union([Text, Type.Null()]),
      campaign: Type.Union([Text, Type.Null()]),
      attributes: Type.Record(Type.String({ minLength: 1, maxLength: 100 }), Type.String({ maxLength: 2_000 })),
    },
    closed,
  ),
  closed,
);
export type DetailChanges = Static<typeof DetailChanges>;

export const ActivityKind = Type.Union([
  Type.Literal('call'),
  Type.Literal('email'),
  Type.Literal('visit'),
  Type.Literal('meeting'),
  Type.Literal('message'),
  Type.Literal('demo'),
  Type.Literal('task'),
  Type.Literal('note'),
]);
export type ActivityKind = Static<typeof ActivityKind>;

const Direction = Type.Union([Type.Literal('forward'), Type.Literal('backward'), Type.Literal('same')]);

/** One rep's part of the credit for a deal. */
export const CreditShare = Type.Object({ rep: Text, share: BasisPoints }, closed);
export type CreditShare = Static<typeof CreditShare>;

export const opportunityEvents = {
  OpportunityOpened: {
    version: 1,
    description: 'A possible deal entered a stage of a pipeline.',
    data: Type.Object({ opportunityId: Identifier, pipelineId: Identifier, stageId: Identifier, ...details }, closed),
  },
  OpportunityStageMoved: {
    version: 1,
    description: 'A deal went to another stage, or began its stage anew (direction same).',
    data: Type.Object(
      { from: Identifier, to: Identifier, direction: Direction, skipped: Type.Array(Identifier) },
      closed,
    ),
  },
  OpportunitySuspended: {
    version: 1,
    description: 'Work on a deal paused, perhaps until a day.',
    data: Type.Object({ wakeUpOn: Type.Optional(Day) }, closed),
  },
  OpportunityReactivated: {
    version: 1,
    description: 'A suspended deal was taken up again.',
    data: Type.Object({}, closed),
  },
  OpportunityTerminated: {
    version: 1,
    description: 'A deal was given up for good, neither won nor lost.',
    data: Type.Object({}, closed),
  },
  OpportunityTransferred: {
    version: 1,
    description: 'Another rep took a deal over; team and region are those it belongs to from now on.',
    data: Type.Object({ from: Text, to: Text, team: Type.Optional(Text), region: Type.Optional(Text) }, closed),
  },
  OpportunityTeamFormed: {
    version: 1,
    description: 'The reps who share a deal were named; the owner is one of them.',
    data: Type.Object({ members: Type.Array(Text, { minItems: 1, maxItems: 50 }) }, closed),
  },
  OpportunityCreditSplit: {
    version: 1,
    description: 'It was settled which rep gets which part of the credit; the shares make the whole.',
    data: Type.Object({ shares: Type.Array(CreditShare, { minItems: 1, maxItems: 50 }) }, closed),
  },
  OpportunityActivityLogged: {
    version: 1,
    description: 'Somebody worked on a deal.',
    data: Type.Object(
      {
        activityId: Identifier,
        kind: ActivityKind,
        notes: Type.Optional(LongText),
        outcome: Type.Optional(Text),
        cost: Type.Optional(Money),
      },
      closed,
    ),
  },
  OpportunityAmountChanged: {
    version: 1,
    description: 'The amount a deal may bring changed; without `to`, it is unknown again.',
    data: Type.Object({ from: Type.Optional(Money), to: Type.Optional(Money) }, closed),
  },
  OpportunityCloseDateChanged: {
    version: 1,
    description: 'The day a deal is expected to close changed.',
    data: Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, closed),
  },
  OpportunityProductChanged: {
    version: 1,
    description: 'A deal is about another product.',
    data: Type.Object({ from: Type.Optional(Text), to: Type.Optional(Text) }, closed),
  },
  OpportunityForecastJudged: {
    version: 1,
    description: "The rep's own chance to win and forecast category were set or, where absent, withdrawn.",
    data: Type.Object({ probability: details.probability, forecastCategory: details.forecastCategory }, closed),
  },
  OpportunityDetailsCorrected: {
    version: 1,
    description: 'Other details of a deal were set; null cleared one.',
    data: Type.Object({ changes: DetailChanges }, closed),
  },
  OpportunityWon: {
    version: 1,
    description: 'The customer bought. The credit adds up to the amount.',
    data: Type.Object(
      { amount: Money, credit: Type.Array(Type.Object({ rep: Text, amount: Money }, closed), { minItems: 1 }) },
      closed,
    ),
  },
  OpportunityLost: {
    version: 1,
    description: 'The customer did not buy.',
    data: Type.Object(
      { reasonCode: Identifier, competitor: Type.Optional(Text), notes: Type.Optional(LongText) },
      closed,
    ),
  },
  OpportunityReopened: {
    version: 1,
    description: 'A manager put a won or lost deal back to a stage.',
    data: Type.Object({ stageId: Identifier }, closed),
  },
  OpportunityClosed: {
    version: 1,
    description: 'An ended deal was summed up.',
    data: Type.Object(
      {
        whatHappened: LongText,
        reason: LongText,
        competitor: Type.Optional(Text),
        lessons: Type.Optional(LongText),
      },
      closed,
    ),
  },
  OpportunityArchived: {
    version: 1,
    description: 'A closed deal left boards and lists; its history stays.',
    data: Type.Object({}, closed),
  },
  OpportunityWithdrawn: {
    version: 1,
    description:
      'A deal turned out to have been entered by mistake and counts nowhere; undoes the import that made it.',
    data: Type.Object({ importId: Type.Optional(Identifier) }, closed),
  },
  OpportunityRestored: {
    version: 1,
    description:
      'What an import told of a deal was taken back, because it was undone or its source corrected: the deal is again as at an earlier revision.',
    data: Type.Object(
      {
        importId: Identifier,
        toRevision: Type.Integer({ minimum: 0 }),
        stageId: Identifier,
        status: Type.Union([
          Type.Literal('open'),
          Type.Literal('suspended'),
          Type.Literal('won'),
          Type.Literal('lost'),
          Type.Literal('terminated'),
        ]),
        /** Since when, in business time, the deal had that stage and status. */
        since: Timestamp,
        /** Business time of the opening, where that is another than before. */
        openedAt: Type.Optional(Timestamp),
        ...details,
      },
      closed,
    ),
  },
} as const;

export type OpportunityEvent = EventsOf<typeof opportunityEvents>;
