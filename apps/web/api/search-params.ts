/** Reads the search part of an address: what is missing or cannot be meant is left out. */
export function textParameter(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** One of the values that can be meant. */
export function choiceParameter<Value extends string>(value: unknown, values: readonly Value[]): Value | undefined {
  return values.find((each) => each === value);
}

/** A calendar day that there is, `2026-11-22`, of the years that the API takes. */
export function dayParameter(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(value)) return undefined;
  const time = Date.parse(value);
  // A day such as February 30th would otherwise be read as one in March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value) ? value : undefined;
}

/** A calendar day, or a moment with its offset from UTC, which is told in UTC: `2026-11-22T09:30:00.000Z`. */
export function momentParameter(value: unknown): string | undefined {
  if (typeof value !== 'string' || dayParameter(value) !== undefined) return dayParameter(value);
  // Where an address was written by hand, its plus sign is read as a space.
  const [, day, time, offset] = /^([\d-]{10})(T\d{2}:\d{2}[\d:.]*)(Z|[+ -]\d{2}:\d{2})$/.exec(value) ?? [];
  const moment = new Date(`${dayParameter(day)}${time}${offset?.replace(' ', '+')}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** Several values of which each counts once; one alone may stand without a list. An empty one is a value, too. */
export function textsParameter(value: unknown): readonly string[] | undefined {
  const values = (Array.isArray(value) ? value : [value])
    .map((each) => (each === '' ? '' : textParameter(each)))
    .filter((each) => each !== undefined);
  return values.length === 0 ? undefined : [...new Set(values)];
}

/** Several of the values that can be meant. */
export function choicesParameter<Value extends string>(
  value: unknown,
  values: readonly Value[],
): readonly Value[] | undefined {
  const chosen = textsParameter(value)?.flatMap((text) => choiceParameter(text, values) ?? []) ?? [];
  return chosen.length === 0 ? undefined : chosen;
}

/** A calendar month, `2026-11`. */
export function monthParameter(value: unknown): string | undefined {
  return typeof value === 'string' && dayParameter(`${value}-01`) !== undefined ? value : undefined;
}

/** The parameters that are there; an address carries no empty ones. */
export function given<Parameters extends Readonly<Record<string, unknown>>>(
  parameters: Parameters,
): { [Name in keyof Parameters]?: NonNullable<Parameters[Name]> } {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Parameters]?: NonNullable<Parameters[Name]>;
  };
}
