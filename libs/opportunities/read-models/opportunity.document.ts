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
  type TSchema,
  closed,
} from '../../eventsourcing/schema.ts';
import { CreditShare } from '../opportunity.events.ts';

const Count = Type.Integer({ minimum: 0 });
const Amount = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

function orNull<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()]);
}

const outcomes = [Type.Literal('won'), Type.Literal('lost'), Type.Literal('terminated')] as const;

export const Outcome = Type.Union([...outcomes]);
export type Outcome = Static<typeof Outcome>;

export const OpportunityStatus = Type.Union([
  Type.Literal('open'),
  Type.Literal('suspended'),
  Type.Literal('won'),
  Type.Literal('lost'),
  Type.Literal('terminated'),
  Type.Literal('closed'),
  Type.Literal('archived'),
  Type.Literal('withdrawn'),
]);
export type OpportunityStatus = Static<typeof OpportunityStatus>;

/** What funnel and forecast count deals by; null where it is not known. */
export const counted = {
  owner: Type.String(),
  team: orNull(Type.String()),
  region: orNull(Type.String()),
  product: orNull(Type.String()),
  /** What the source of an import called the product, where it said otherwise. */
  productLabel: orNull(Type.String()),
  channel: orNull(Type.String()),
  campaign: orNull(Type.String()),
  customerId: orNull(Type.String()),
  /** Minor units of the currency. Of a won deal, what it was won for. */
  amount: orNull(Amount),
  currency: orNull(Type.String()),
  /** The rep's own chance to win in basis points; overrides the stage's. */
  probability: orNull(BasisPoints),
  expectedCloseDate: orNull(Day),
  forecastCategory: orNull(Type.String()),
};

/** What reports are mostly cut by; at the end of an index, a cut needs no look at the documents. */
export const usualCuts = ['owner', 'team', 'region', 'product', 'channel', 'campaign'] as const;

const Counted = Type.Object(counted, closed);
export type Counted = Static<typeof Counted>;

/** A moment from which on a deal counted otherwise: it entered a stage, paused, ended, or got another owner or amount. */
const TrailPoint = Type.Object(
  {
    /** Business time, but never before the point before. */
    at: Timestamp,
    kind: Type.Union([
      Type.Literal('opened'),
      Type.Literal('forward'),
      Type.Literal('backward'),
      Type.Literal('same'),
      Type.Literal('skipped'),
      Type.Literal('suspended'),
      Type.Literal('reactivated'),
      Type.Literal('continued'),
      Type.Literal('won'),
      Type.Literal('lost'),
      Type.Literal('terminated'),
      Type.Literal('reopened'),
    ]),
    stageId: Identifier,
    status: Type.Union([Type.Literal('open'), Type.Literal('suspended'), Outcome]),
    /** Revision of the event that set the point. */
    revision: Count,
    /** What the deal was counted by until then, of that which changed here. */
    was: Type.Optional(Type.Partial(Counted, closed)),
  },
  closed,
);
export type TrailPoint = Static<typeof TrailPoint>;

const Credit = Type.Array(Type.Object({ rep: Text, amount: Money }, closed));

const Summary = Type.Object(
  {
    whatHappened: LongText,
    reason: LongText,
    competitor: Type.Optional(Text),
    lessons: Type.Optional(LongText),
  },
  closed,
);

/** How a deal had ended before it was reopened. */
const FormerEnding = Type.Object(
  {
    outcome: Outcome,
    endedAt: Timestamp,
    /** Revision of the event that ended it. */
    revision: Count,
    amount: orNull(Amount),
    currency: orNull(Type.String()),
    lostReason: orNull(Type.String()),
    competitor: orNull(Type.String()),
    lostNotes: orNull(Type.String()),
    credit: Credit,
    summary: orNull(Summary),
  },
  closed,
);
export type FormerEnding = Static<typeof FormerEnding>;

/** A deal with everything that board, list, deal page and reports show of it. */
export const OpportunityDocument = Type.Object(
  {
    id: Identifier,
    pipelineId: Identifier,
    /** The stage it is in, or was in when it ended. */
    stageId: Identifier,
    status: OpportunityStatus,
    /** Whether lists show it unless asked otherwise: it is neither archived nor withdrawn. */
    listed: Type.Boolean(),
    /** How it ended; kept when it is closed and archived, null again when it is reopened. */
    outcome: Type.Union([...outcomes, Type.Null()]),
    title: Type.String(),
    customerName: orNull(Type.String()),
    ...counted,
    openedAt: Timestamp,
    openedOn: Day,
    /** Since when it has been in its stage; a pause does not interrupt the stay. */
    stageEnteredAt: Timestamp,
    stageEnteredOn: Day,
    endedAt: orNull(Timestamp),
    endedOn: orNull(Day),
    /** Since when the ended deal has been counted as it is now: its end, or the last correction after it. */
    endedFrom: orNull(Timestamp),
    /** Calendar days from opened to ended; negative where the source contradicts itself. */
    cycleDays: orNull(Type.Integer()),
    lostReason: orNull(Type.String()),
    competitor: orNull(Type.String()),
    lostNotes: orNull(Type.String()),
    wakeUpOn: orNull(Day),
    lastActivityAt: orNull(Timestamp),
    activityCount: Count,
    movesForward: Count,
    movesBack: Count,
    /** Stages passed over. */
    movesSkipped: Count,
    /** Business time of the latest event. */
    changedAt: Timestamp,
    /** Revision of the stream of which this is the state. */
    revision: Count,
    /** Costs of its activities, one sum per currency. */
    costs: Type.Array(Money),
    members: Type.Array(Text),
    shares: Type.Array(CreditShare),
    credit: Credit,
    summary: orNull(Summary),
    attributes: Type.Record(Type.String(), Type.String()),
    /** Title, customer and ids as they are searched: see `search-text.ts`. */
    searchText: Type.String(),
    formerEndings: Type.Array(FormerEnding),
    /** The trail and all endings before each restoring, by its revision: where a later one goes back behind it. */
    takenBack: Type.Array(
      Type.Object({ by: Count, trail: Type.Array(TrailPoint), endings: Type.Array(FormerEnding) }, closed),
    ),
    /** What the stage periods are made of; `stage_periods` has the same ready to query. */
    trail: Type.Array(TrailPoint),
  },
  closed,
);
export type OpportunityDocument = Static<typeof OpportunityDocument>;

/** A deal without what is kept for Dealtrail itself. */
export type ShownOpportunity = Omit<OpportunityDocument, 'trail' | 'takenBack' | 'searchText'>;

export function shownOpportunity(document: OpportunityDocument): ShownOpportunity {
  const { trail: _trail, takenBack: _takenBack, searchText: _searchText, ...shown } = document;
  return shown;
}
