/** An amount as people type it, without currency or grouping: 1234567 minor units of EUR as `12345.67`. */
export function moneyText(minorUnits: number, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(minorUnits).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The minor units of a typed amount; none where it is no amount of the currency. Spaces and commas only group. */
export function minorUnitsOf(typed: string, currency: string): number | undefined {
  const digits = digitsOf(currency);
  const match = /^(\d+)(?:\.(\d+))?$/.exec(typed.replaceAll(/[\s,，_]/g, ''));
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  if (fraction.length > digits) return undefined;
  const minorUnits = Number(whole + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(minorUnits) ? minorUnits : undefined;
}

/** Basis points as a percentage that people type: 3333 as `33.33`. */
export function percentText(basisPoints: number): string {
  const text = String(basisPoints).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`.replace(/\.?0+$/, '') || '0';
}

/** The basis points of a typed percentage with at most two decimals; none where it is not one. */
export function basisPointsOf(typed: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(typed.trim());
  if (!match) return undefined;
  const [, whole = '', fraction = ''] = match;
  return Number(whole + fraction.padEnd(2, '0'));
}

/** Whether a text can be a currency of ISO 4217. */
export function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

function digitsOf(currency: string): number {
  if (!isCurrency(currency)) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
