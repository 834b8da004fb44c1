/** How figures read in a language. Money is in minor units, shares are of one, times are UTC. */
export interface Format {
  /** `597 123 456` minor units of USD as `US$5,971,234.56`; `compact`, to three digits, as `US$5.97m`. */
  money(minorUnits: number, currency: string, style?: 'compact'): string;
  number(value: number, mostDigits?: number): string;
  /** 0.123 as `12.3%`. */
  percent(share: number): string;
  /** A day, `2026-11-22` or a timestamp, as its UTC day. */
  day(day: string): string;
  /** The same where there is little room: Chinese without its words. */
  shortDay(day: string): string;
  /** A month, `2026-11` or a day. */
  month(month: string): string;
  /** A timestamp to the minute, in UTC. */
  moment(timestamp: string): string;
  /** A timestamp to the millisecond, in UTC. */
  instant(timestamp: string): string;
  /** `12 days`. */
  days(days: number): string;
  /** `45 seconds`, `3 minutes`, `2.5 hours`: how long something lasts, as coarse as people say it. */
  duration(seconds: number): string;
}

/** Below this, `compact` money is told to the last minor unit that is not nothing. */
const LEAST_COMPACT = 100;
const SHORT = {
  // Three digits, and every one before the point: Chinese counts up to 9,999 ten thousands.
  compact: {
    notation: 'compact',
    maximumFractionDigits: 0,
    maximumSignificantDigits: 3,
    roundingPriority: 'morePrecision',
  },
  small: { trailingZeroDisplay: 'stripIfInteger' },
} as const;

/** The figures of a locale of `Intl`; made once, as making them takes longer than a card takes to be drawn. */
export const formatOf = memoized(newFormat);

function newFormat(locale: string): Format {
  const utc = { timeZone: 'UTC' } as const;
  const day = new Intl.DateTimeFormat(locale, { ...utc, dateStyle: 'medium' });
  const shortDay = new Intl.DateTimeFormat(locale, { ...utc, dateStyle: locale.startsWith('zh') ? 'short' : 'medium' });
  const month = new Intl.DateTimeFormat(locale, { ...utc, year: 'numeric', month: 'short' });
  const moment = new Intl.DateTimeFormat(locale, { ...utc, dateStyle: 'medium', timeStyle: 'short' });
  const instant = new Intl.DateTimeFormat(locale, {
    ...utc,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const days = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const units = memoized(
    (unit: string) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }),
  );
  const numbers = memoized((digits: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }));
  const money = memoized((key: string) => {
    const [currency, style] = key.split(' ') as [string, 'standard' | keyof typeof SHORT];
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      ...(style === 'standard' ? {} : SHORT[style]),
    });
  });
  // Asking a format for its options takes longer than formatting.
  const digitsOf = memoized(
    (currency: string) => money(`${currency} standard`).resolvedOptions().maximumFractionDigits ?? 2,
  );
  return {
    money: (minorUnits, currency, style) => {
      const major = majorOf(minorUnits, digitsOf(currency));
      const short = Math.abs(Number(major)) < LEAST_COMPACT ? 'small' : 'compact';
      return money(`${currency} ${style === 'compact' ? short : 'standard'}`).format(major);
    },
    number: (value, mostDigits = 1) => numbers(mostDigits).format(value),
    percent: (share) => percent.format(share),
    day: (text) => day.format(new Date(text)),
    shortDay: (text) => shortDay.format(new Date(text)),
    month: (text) => month.format(new Date(text)),
    moment: (text) => `${moment.format(new Date(text))} UTC`,
    instant: (text) => `${instant.format(new Date(text))} UTC`,
    days: (count) => days.format(count),
    duration: (seconds) => {
      if (seconds < 90) return units('second').format(Math.round(seconds));
      if (seconds < 90 * 60) return units('minute').format(Math.round(seconds / 60));
      return units('hour').format(seconds / 3_600);
    },
  };
}

/** As text, so that no digit of a large amount is lost on the way. */
function majorOf(minorUnits: number, digits: number): `${number}` {
  const text = String(Math.abs(Math.round(minorUnits))).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = digits === 0 ? '' : `.${text.slice(-digits)}`;
  return `${minorUnits < 0 ? '-' : ''}${whole}${fraction}` as `${number}`;
}

function memoized<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
