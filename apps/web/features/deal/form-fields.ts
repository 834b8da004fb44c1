import type { DealCommand } from './api/deal-command.ts';
import { isCurrency, minorUnitsOf } from '../../i18n/amount-text.ts';
import type { Choice } from '../../ui/field.tsx';

export type FormValues = Record<string, string>;

/** One control of a form. */
export interface FormField {
  /** Without dots. */
  readonly name: string;
  readonly label: string;
  /** The currency of `money` is the value `currency` of the form. */
  readonly kind: 'text' | 'long' | 'day' | 'choice' | 'money' | 'percent';
  /** What problems call it; the name where left out. */
  readonly path?: string;
  /** What the deal calls it; the path where left out. */
  readonly dealField?: string;
  readonly needed?: boolean;
  readonly hint?: string;
  readonly choices?: readonly Choice[];
  readonly suggestions?: readonly string[];
}

/** A value that is no command: what is wrong with which control. */
export interface Invalid {
  readonly invalid: string;
  readonly message: string;
}

/** What a form asks of a deal, or what is wrong with it. */
export type CommandOf = (values: FormValues) => DealCommand | Invalid;

/** The control that a problem speaks of: the one whose path is the longest that leads there. */
export function fieldOf(fields: readonly FormField[], path: string): FormField | undefined {
  const leading = fields.filter(({ name, path: own = name }) => path === own || path.startsWith(`${own}.`));
  return leading.toSorted((a, b) => (b.path ?? b.name).length - (a.path ?? a.name).length)[0];
}

/** What was typed as money, or what of it is wrong. */
export function moneyOf(
  amount: string,
  currency: string,
): { readonly minorUnits: number; readonly currency: string } | 'amount' | 'currency' {
  const code = currency.trim().toUpperCase();
  if (!isCurrency(code)) return 'currency';
  const minorUnits = minorUnitsOf(amount, code);
  return minorUnits === undefined ? 'amount' : { minorUnits, currency: code };
}
