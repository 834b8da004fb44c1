/**
 * The schema language of events and read models. One description gives the TypeScript type, the check at run time,
 * the published JSON Schema and MongoDB's validator. Slices import it from here, so the library stays exchangeable.
 */
import { Type, type Static, type TObject, type TSchema } from '@sinclair/typebox';

export { Type, type Static, type TObject, type TSchema };

/** For an object that has the properties listed and no others. */
export const closed = { additionalProperties: false } as const;

/** An instant in UTC as ISO 8601 with milliseconds, `2026-01-31T09:30:00.000Z`: sorts as text. */
export const Timestamp = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });

/** A calendar day, `2026-01-31`. */
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** A short text that must not be empty. */
export const Text = Type.String({ minLength: 1, maxLength: 500 });

/** Free text of some paragraphs. */
export const LongText = Type.String({ minLength: 1, maxLength: 20_000 });

/** An identifier that may stand in a stream name. */
export const Identifier = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$' });

/** A share or rate in basis points: 10,000 is the whole. */
export const BasisPoints = Type.Integer({ minimum: 0, maximum: 10_000 });

/** An amount of money in integer minor units of an ISO 4217 currency. */
export const Money = Type.Object(
  {
    minorUnits: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  },
  closed,
);
export type Money = Static<typeof Money>;
