import { DateTime } from 'luxon';

const DATES = [
  'yyyy-MM-dd',
  'yyyy/MM/dd',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'dd.MM.yyyy',
  'dd-MM-yyyy',
  'yyyyMMdd',
  "yyyy'年'M'月'd'日'",
  'd/M/yyyy',
  'M/d/yyyy',
  'd.M.yyyy',
  'yyyy/M/d',
];
const TIMES = ['', ' HH:mm', ' HH:mm:ss', ' h:mm a', "'T'HH:mm:ss", "'T'HH:mm:ssZZ", "'T'HH:mm:ss.SSSZZ"];
/** Dates looked at: each costs a try of every form. */
const SAMPLE = 100;

/** Forms in which dates can be read, and why a person must look at them, where one must. */
export function suggestDateFormats(all: readonly string[]): {
  readonly formats: readonly string[];
  readonly why?: string;
} {
  if (all.length === 0) return { formats: ['yyyy-MM-dd'] };
  const step = Math.ceil(all.length / SAMPLE);
  const dates = all.filter((_, index) => index % step === 0);
  const [first, ...others] = bestOf(dates);
  if (first === undefined) return { formats: ['yyyy-MM-dd'], why: 'No known form reads the dates.' };
  // One column may be written otherwise than another.
  const unread = dates.filter((date) => !TIMES.some((time) => reads(first + time, date)));
  const [second, ...likeSecond] = bestOf(unread);
  const formats = [first, ...(second === undefined ? [] : [second])].flatMap((form) =>
    TIMES.map((time) => form + time).filter((format) => dates.some((date) => reads(format, date))),
  );
  // Nobody can tell the third of April from the fourth of March.
  const orders = new Set([first, ...others, second, ...likeSecond].map((form) => form?.[0]));
  return orders.has('d') && orders.has('M') ? { formats, why: 'The dates can be read in several ways.' } : { formats };
}

/** The forms of days that read most of the dates, with a time or without; none where no form reads any. */
function bestOf(dates: readonly string[]): readonly string[] {
  const counted = DATES.map((form) => ({
    form,
    read: dates.filter((date) => TIMES.some((time) => reads(form + time, date))).length,
  }));
  const most = Math.max(1, ...counted.map(({ read }) => read));
  return counted.filter(({ read }) => read === most).map(({ form }) => form);
}

function reads(format: string, date: string): boolean {
  return DateTime.fromFormat(date, format, { locale: 'en' }).isValid;
}
