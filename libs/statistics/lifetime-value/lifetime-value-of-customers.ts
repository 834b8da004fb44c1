import { requireSome } from '../statistics-error.ts';
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
 * Values customers by what BG/NBD expects them to buy and Gamma–Gamma expects them to pay (Fader, Hardie and Lee, "RFM and
 * CLV", 2005): see `lifetimeValue` for the months, `expectedPurchases` and `expectedMeanValue` for the two models.
 * @param spend null where there is no model of spend: then there are purchases, but no values
 * @param terms its unit of time is that of the histories and of the BG/NBD parameters
 *
 * Throws StatisticsError for no customers, and for parameters, terms or a customer (named by the place) that cannot be.
 */
export function valueCustomers<Customer extends PurchaseHistory & Spending>(
  customers: readonly Customer[],
  purchases: BgNbdParameters,
  spend: GammaGammaParameters | null,
  terms: LifetimeValueTerms,
): CustomerValues<Customer> {
  requireSome('customers', customers);
  requireTerms(terms);
  requireParameters(purchases);
  // The value where every purchase is worth 1.
  const futureOf = cached((frequency, age) =>
    lifetimeValue((units) => expectedPurchasesWhileAlive(purchases, frequency, age, units), 1, terms),
  );
  const valued = customers.map((customer, index) => {
    requireHistory(`customers[${index}]`, customer);
    const { frequency, recency, age } = customer;
    const alive = aliveAfter(purchases, frequency, recency, age);
    const whileAlive = futureOf(frequency, age);
    const mean = spend && expectedMeanValue(spend, customer);
    return {
      ...customer,
      probabilityAlive: alive,
      expectedPurchases: alive * whileAlive.expectedPurchases,
      expectedMeanValue: mean,
      lifetimeValue: mean === null ? null : alive * whileAlive.value * mean,
      undiscounted: mean === null ? null : alive * whileAlive.undiscounted * mean,
    };
  });
  return { customers: valued, total: totalOf(valued) };
}

function totalOf(customers: readonly CustomerValue[]): TotalValue {
  const valued = customers.filter(({ lifetimeValue: value }) => value !== null);
  const sum = (of: (customer: CustomerValue) => number | null, all = valued): number =>
    all.reduce((total, customer) => total + (of(customer) ?? 0), 0);
  return {
    customers: customers.length,
    valued: valued.length,
    expectedPurchases: sum(({ expectedPurchases: expected }) => expected, [...customers]),
    lifetimeValue: valued.length === 0 ? null : sum(({ lifetimeValue: value }) => value),
    undiscounted: valued.length === 0 ? null : sum(({ undiscounted }) => undiscounted),
  };
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
