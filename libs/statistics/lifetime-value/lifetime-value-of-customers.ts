import { requireSome } from '../statistics-error.ts';
import { expectedPurchases } from './bg-nbd-expectation.ts';
import { probabilityAlive, requireHistory, type BgNbdParameters, type PurchaseHistory } from './bg-nbd.ts';
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
  const futureOf = cachedByHistory((history) => ({
    alive: probabilityAlive(purchases, history),
    // The value where every purchase is worth 1.
    ...lifetimeValue((units) => expectedPurchases(purchases, history, units), 1, terms),
  }));
  const valued = customers.map((customer, index) => {
    requireHistory(`customers[${index}]`, customer);
    const { alive, expectedPurchases: expected, value, undiscounted } = futureOf(customer);
    const mean = spend && expectedMeanValue(spend, customer);
    return {
      ...customer,
      probabilityAlive: alive,
      expectedPurchases: expected,
      expectedMeanValue: mean,
      lifetimeValue: mean === null ? null : value * mean,
      undiscounted: mean === null ? null : undiscounted * mean,
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

/** Many customers have the same history, above all those who came on one day and never again. */
function cachedByHistory<Answer>(of: (history: PurchaseHistory) => Answer): (history: PurchaseHistory) => Answer {
  const known = new Map<string, Answer>();
  return ({ frequency, recency, age }) => {
    const key = `${frequency} ${recency} ${age}`;
    let answer = known.get(key);
    if (answer === undefined) known.set(key, (answer = of({ frequency, recency, age })));
    return answer;
  };
}
