import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsObject, ValidateBy, ValidateIf, ValidateNested, type ValidationOptions } from 'class-validator';
import { code as currencyOf } from 'currency-codes';

type Constructor = new () => object;

const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/;
const DAY = /^(19|20|21)\d{2}-\d{2}-\d{2}$/;
const INSTANT =
  /^(19|20|21)\d{2}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A field that may be left out. Null is not the same as left out, and is checked like any value. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** A field that may be left out, or be null to clear what is there. */
export function Clearable(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value) => value !== undefined && value !== null),
    ApiProperty({ nullable: true }),
  );
}

/** An identifier that may stand in a stream name. */
export function IsIdentifier(options?: ValidationOptions): PropertyDecorator {
  return applyDecorators(
    ruled('identifier', isIdentifier, 'must be 1 to 100 letters, digits or . _ ~ -, a letter or digit first', options),
    ApiProperty({ pattern: IDENTIFIER.source }),
  );
}

/** Text that is not empty, 500 characters at most where not said otherwise. */
export function IsText(maxLength = 500, options?: ValidationOptions): PropertyDecorator {
  return applyDecorators(
    ruled(
      'text',
      (value) => typeof value === 'string' && value.length > 0 && value.length <= maxLength,
      `must be text of 1 to ${maxLength} characters`,
      { ...options, context: { maximum: maxLength } },
    ),
    ApiProperty({ minLength: 1, maxLength }),
  );
}

/** Any of some texts, by a parameter that may come several times, 100 at most. */
export function IsAnyOf(maxLength: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value)),
    ruled(
      'texts',
      (value) =>
        Array.isArray(value) &&
        value.length <= 100 &&
        value.every((each) => typeof each === 'string' && each.length <= maxLength),
      `must be at most 100 texts of at most ${maxLength} characters`,
    ),
    ApiProperty({ type: 'array', items: { type: 'string', maxLength }, maxItems: 100 }),
  );
}

/** A calendar day, `2026-01-31`. */
export function IsDay(): PropertyDecorator {
  return applyDecorators(
    ruled('day', isDay, 'must be a calendar day such as 2026-01-31'),
    ApiProperty({ format: 'date', example: '2026-01-31' }),
  );
}

/** A calendar month, `2026-01`. */
export function IsMonth(): PropertyDecorator {
  return applyDecorators(
    ruled('month', (value) => isDay(`${String(value)}-01`), 'must be a calendar month such as 2026-01'),
    ApiProperty({ pattern: String.raw`^\d{4}-\d{2}$`, example: '2026-01' }),
  );
}

/** An instant with its offset from UTC, `2026-01-31T09:30:00Z`. */
export function IsInstant(): PropertyDecorator {
  return applyDecorators(
    ruled('instant', isInstant, 'must be an instant with its offset, such as 2026-01-31T09:30:00Z'),
    ApiProperty({ format: 'date-time', example: '2026-01-31T09:30:00Z' }),
  );
}

/** A calendar day or an instant. */
export function IsDayOrInstant(): PropertyDecorator {
  const message = 'must be a day such as 2026-01-31 or an instant such as 2026-01-31T09:30:00Z';
  return applyDecorators(
    ruled('moment', (value) => isDay(value) || isInstant(value), message),
    ApiProperty({ example: '2026-01-31' }),
  );
}

/** A whole number of minor units, from 0 to 2^53 − 1. */
export function IsMinorUnits(): PropertyDecorator {
  return applyDecorators(
    ruled(
      'minor_units',
      (value) => Number.isSafeInteger(value) && (value as number) >= 0,
      'must be a whole, non-negative number of minor units such as cents',
    ),
    ApiProperty({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  );
}

/** A whole number in a range. */
export function IsWhole(minimum: number, maximum: number): PropertyDecorator {
  return applyDecorators(
    ruled(
      'whole',
      (value) => Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= maximum,
      `must be a whole number from ${minimum} to ${maximum}`,
      { context: { minimum, maximum } },
    ),
    ApiProperty({ type: 'integer', minimum, maximum }),
  );
}

/** A currency of ISO 4217. */
export function IsCurrency(): PropertyDecorator {
  return applyDecorators(
    ruled('currency', isCurrency, 'must be the code of an ISO 4217 currency such as EUR'),
    ApiProperty({ pattern: '^[A-Z]{3}$', example: 'EUR' }),
  );
}

/** A plain object of texts: keys of 1 to 100 characters, values of 2,000 at most. */
export function IsTextRecord(): PropertyDecorator {
  return applyDecorators(
    ruled('text_record', isTextRecord, 'must be an object of texts, at most 100 of them'),
    ApiProperty({ type: 'object', additionalProperties: { type: 'string', maxLength: 2_000 } }),
  );
}

/** One object of a class with its own rules; an array is none. */
export function Nested(of: () => Constructor): PropertyDecorator {
  return applyDecorators(IsObject(), ValidateNested(), Type(of));
}

export function isIdentifier(value: unknown): boolean {
  return typeof value === 'string' && IDENTIFIER.test(value);
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  // JavaScript takes the 30th of February for the 2nd of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && INSTANT.test(value) && isDay(value.slice(0, 10));
}

function isCurrency(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Z]{3}$/.test(value) && currencyOf(value) !== undefined;
}

function isTextRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= 100 &&
    entries.every(
      ([key, text]) => key.length > 0 && key.length <= 100 && typeof text === 'string' && text.length <= 2_000,
    )
  );
}

function ruled(
  name: string,
  validate: (value: unknown) => boolean,
  message: string,
  options?: ValidationOptions,
): PropertyDecorator {
  const each = options?.each ? 'each value in $property ' : '$property ';
  return ValidateBy({ name, validator: { validate, defaultMessage: () => `${each}${message}` } }, options);
}
