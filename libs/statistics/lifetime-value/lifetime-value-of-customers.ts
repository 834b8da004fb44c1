import { requireNumber, requireSome } from '../statistics-error.ts';
import { expectedPurchasesWhileAlive } from './bg-nbd-expectation.ts';
import { aliveAfter, requireHistory, requireParameters, type BgNbdParameters, type PurchaseHistory } from './bg-nbd.ts';
import { expectedMeanValue, type GammaGammaParameters, type Spending } from './gamma-gamma-values.ts';
import { lifetimeValue, requireTerms, type LifetimeValueTerms } from './lifetime-value.ts';

/** A customer's future. Values are in the unit of the mean values. */
export interface CustomerValue {
  readonly probabilityAlive: number;
  /** Over the horizon. */
  readonly expectedPurchases: number;
  /** Of one of them; null where the model of spend is missing or has no mean for this customer. */
  readonly expectedMeanValue: number | null;
  /** Margin of the expected purchases, discounted; null where the mean value is. */
  readonly lifetimeValue: number | null;
  /** The same without a discount. */
  readonly undiscounted: number | null;
}

export interface TotalValue {
  readonly customers: number;
  /** Customers with a value, which the sums of values are of. */
  readonly valued: number;
  readonly expectedPurchases: number;
  /** Null where nobody has a value. */
  readonly lifetimeValue: number | null;
  readonly undiscounted: number | null;
}

export interface CustomerValues<Customer> {
  /** In the order of the customers. */
  readonly customers: readonly (Customer & CustomerValue)[];
  readonly total: TotalValue;
}

/**
 * A function that values customers by what BG/NBD expects them to buy and Gamma–Gamma expects them to pay (Fader, Hardie
 * and Lee, "RFM and CLV", 2005): see `lifetimeValue` for the months, `expectedPurchases` and `expectedMeanValue` for the
 * two models.
 * @param spend null where there is no model of spend: then there are purchases, but no values
 * @param terms its unit of time is that of the histories and of the BG/NBD parameters
 *
 * Throws StatisticsError for parameters or terms that cannot be; so does the function for a customer, whom `field` names.
 */
export function valuing(
  purchases: BgNbdParameters,
  spend: GammaGammaParameters | null,
  terms: LifetimeValueTerms,
): (customer: PurchaseHistory & Spending, field?: string) => CustomerValue {
  requireTerms(terms);
  requireParameters(purchases);
  // The value where every purchase is worth 1.
  const futureOf = cached((frequency, age) =>
    lifetimeValue((units) => expectedPurchasesWhileAlive(purchases, frequency, age, units, 'months'), 1, terms),
  );
  return (customer, field = 'customer') => {
    requireHistory(field, customer);
    const { frequency, recency, age, meanValue } = customer;
    // Also where no model of spend looks at it: it is told again.
    if (meanValue !== null) requireNumber(`${field}.meanValue`, meanValue);
    const alive = aliveAfter(purchases, frequency, recency, age);
    const whileAlive = futureOf(frequency, age);
    const mean = spend && expectedMeanValue(spend, customer);
    return {
      probabilityAlive: alive,
      expectedPurchases: alive * whileAlive.expectedPurchases,
      expectedMeanValue: mean,
      lifetimeValue: mean === null ? null : alive * whileAlive.value * mean,
      undiscounted: mean === null ? null : alive * whileAlive.undiscounted * mean,
    };
  };
}

/** What customers come to together. */
export function totalValueOf(values: Iterable<CustomerValue>): TotalValue {
  let [customers, valued, purchases, discounted, all] = [0, 0, 0, 0, 0];
  for (const { expectedPurchases, lifetimeValue: value, undiscounted } of values) {
    customers++;
    purchases += expectedPurchases;
    if (value === null) continue;
    valued++;
    discounted += value;
    all += undiscounted!;
  }
  return {
    customers,
    valued,
    expectedPurchases: purchases,
    lifetimeValue: valued === 0 ? null : discounted,
    undiscounted: valued === 0 ? null : all,
  };
}

/**
 * Customers with the value that `valuing` gives them, and what they come to together. Throws as it does, naming a customer
 * by the place, and `empty` without customers.
 */
export function valueCustomers<Customer extends PurchaseHistory & Spending>(
  customers: readonly Customer[],
  purchases: BgNbdParameters,
  spend: GammaGammaParameters | null,
  terms: LifetimeValueTerms,
): CustomerValues<Customer> {
  requireSome('customers', customers);
  const valueOf = valuing(purchases, spend, terms);
  const valued = customers.map((customer, index) => ({ ...customer, ...valueOf(customer, `customers[${index}]`) }));
  return { customers: valued, total: totalValueOf(valued) };
}

/** What a customer buys while alive depends on frequency and age alone, which many share. */
function cached<Answer>(of: (frequency: number, age: number) => Answer): (frequency: number, age: number) => Answer {
  const known = new Map<number, Map<number, Answer>>();
  return (frequency, age) => {
    let ofFrequency = known.get(frequency);
    if (ofFrequency === undefined) known.set(frequency, (ofFrequency = new Map()));
    let answer = ofFrequency.get(age);
    if (answer === undefined) ofFrequency.set(age, (answer = of(frequency, age)));
    return answer;
  };
}
