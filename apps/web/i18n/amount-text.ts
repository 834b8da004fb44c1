/**
 * The minor units of an amount as people write it, `12,500.5`, to the last digit; spaces and commas only
 * group. Undefined where it is no amount, has more digits than the currency, or is too large to be exact.
 */
export function minorUnitsOf(text: string, currency: string): number | undefined {
  const [, whole, fraction = ''] = /^(\d[\d,，_\s]*)(?:\.(\d*))?$/.exec(text.trim()) ?? [];
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
