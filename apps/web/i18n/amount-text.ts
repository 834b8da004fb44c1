/**
 * The minor units of an amount as people write it, `12,500.5`, to the last digit. Commas or spaces stand only before
 * groups of three digits: elsewhere, as in `12,5`, a comma may well be meant as a point. Undefined where it is no
 * amount, has more digits than the currency, or is too large to be exact.
 */
export function minorUnitsOf(text: string, currency: string): number | undefined {
  const written =
    /^(?<whole>\d+|\d{1,3}(?:(?<separator>[,，_\s])\d{3})(?:\k<separator>\d{3})*)(?:\.(?<fraction>\d*))?$/;
  const { whole, fraction = '' } = written.exec(text.trim())?.groups ?? {};
  const digits = digitsOf(currency);
  if (whole === undefined || fraction.length > digits) return undefined;
  const units = Number(whole.replaceAll(/[,，_\s]/g, '') + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(units) ? units : undefined;
}

/** Minor units as somebody would type them, without grouping. */
export function amountText(minorUnits: number, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(minorUnits).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const fraction = text.slice(text.length - digits);
  return /^0*$/.test(fraction) ? whole : `${whole}.${fraction}`;
}

/** Whether a text can be a currency of ISO 4217. */
export function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

/** How many digits the currency has after its point: 2 for USD, 0 for JPY; 2 while it is no currency yet. */
function digitsOf(currency: string): number {
  if (!isCurrency(currency)) return 2;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
