import type { Money } from '../eventsourcing/schema.ts';
import { IsCurrency, IsMinorUnits } from './field-rules.ts';

/** An amount of money. */
export class MoneyDto implements Money {
  /** In the smallest unit of the currency: cents of EUR, yen of JPY. */
  @IsMinorUnits()
  minorUnits!: number;

  /** ISO 4217. */
  @IsCurrency()
  currency!: string;
}
