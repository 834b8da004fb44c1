import type { ModelFit } from '../../libs/statistics/lifetime-value/estimate.ts';
import type { LifetimeValueTerms } from '../../libs/statistics/lifetime-value/lifetime-value.ts';
import { count, figure, percent, table } from './answer.ts';
import type { Holdout, LifetimeValues, ValuedCustomer } from './statistics-lifetime-value.ts';
import { amountText, fileText } from './statistics-texts.ts';
import type { TransactionFile } from './statistics-transactions.ts';

const MOST_SHOWN = 20;

/** Lifetime values for people: totals, what the models are worth, and the customers of the highest values. */
export function lifetimeValueText(
  file: TransactionFile,
  values: LifetimeValues,
  { months, monthlyDiscount, marginRate }: LifetimeValueTerms,
): string {
  const amount = (inUnit: number | null): string | null =>
    inUnit === null ? null : amountText(inUnit * 10 ** file.decimals, file.decimals);
  const { summary, total, customers, holdout, gammaGammaFault } = values;
  const shown = [...customers()]
    .toSorted((left, right) => rankOf(right) - rankOf(left) || right.expectedPurchases - left.expectedPurchases)
    .slice(0, MOST_SHOWN);
  return [
    fileText(file),
    `Valued as of ${summary.calibrationEnd}, over ${months} months at a discount of ${figures(100 * monthlyDiscount)} % a month and a margin of ${percent(marginRate)}.`,
    ...(summary.newcomers.customers > 0
      ? [`${count(summary.newcomers.customers)} customers came later and are left out.`]
      : []),
    '',
    `Expected purchases of ${count(total.customers)} customers: ${figure(total.expectedPurchases)}.`,
    total.lifetimeValue === null
      ? `No values, as Gamma–Gamma has none: ${gammaGammaFault?.message ?? 'its mean does not exist.'}`
      : `Lifetime value of ${count(total.valued)} of them: ${amount(total.lifetimeValue)} (${amount(total.undiscounted)} undiscounted).`,
    '',
    ...modelTexts(values),
    ...(holdout ? ['', ...holdoutTexts(holdout, summary.holdoutEnd!)] : []),
    '',
    `The ${count(shown.length)} customers of the highest value; recency and age in ${summary.unit}:`,
    table(
      ['Customer', '>Repeats', '>Recency', '>Age', '>Alive', '>Expected', '>Mean value', '>Expected mean', '>Value'],
      shown.map((customer) => [
        customer.customer,
        customer.frequency,
        figure(customer.recency),
        figure(customer.age),
        percent(customer.probabilityAlive),
        figure(customer.expectedPurchases),
        amount(customer.meanValue),
        amount(customer.expectedMeanValue),
        amount(customer.lifetimeValue),
      ]),
    ),
  ].join('\n');
}

function rankOf({ lifetimeValue }: ValuedCustomer): number {
  return lifetimeValue ?? -1;
}

function modelTexts({ bgNbd, gammaGamma }: LifetimeValues): readonly string[] {
  const { r, alpha, a, b } = bgNbd.parameters;
  return [
    `BG/NBD: r ${figures(r)}, alpha ${figures(alpha)}, a ${figures(a)}, b ${figures(b)}; log-likelihood ${figure(bgNbd.logLikelihood)}; ${endOf(bgNbd.converged)}.`,
    ...doubtsOf(bgNbd),
    ...(gammaGamma
      ? [
          `Gamma–Gamma on ${count(gammaGamma.customers.fitted)} repeat buyers: p ${figures(gammaGamma.parameters.p)}, q ${figures(gammaGamma.parameters.q)}, v ${figures(gammaGamma.parameters.v)}; log-likelihood ${figure(gammaGamma.logLikelihood)}; ${endOf(gammaGamma.converged)}.`,
          ...doubtsOf(gammaGamma),
          ...(gammaGamma.populationMeanValue === null
            ? ['  q ≤ 1: a random customer has no mean value in this model; only some repeat buyers have.']
            : []),
          `  ${gammaGamma.independence.explanation}`,
          ...(gammaGamma.customers.withoutValue > 0
            ? [`  ${count(gammaGamma.customers.withoutValue)} repeat buyers who paid nothing are not in the fit.`]
            : []),
        ]
      : []),
  ];
}

function doubtsOf<Parameters extends object>({ parameters, estimates }: ModelFit<Parameters>): readonly string[] {
  return (Object.keys(parameters) as (keyof Parameters)[])
    .map((name) => estimates[name])
    .filter(({ identification }) => identification !== 'identified')
    .map(({ verdict }) => `  ${verdict}`);
}

function endOf(converged: boolean): string {
  return converged ? 'converged' : 'not converged: take the figures for a guess';
}

function holdoutTexts(holdout: Holdout, end: string): readonly string[] {
  const { expected, actual, relativeError, meanAbsoluteError, groups } = holdout;
  const off = relativeError === null ? '' : ` (${relativeError < 0 ? '−' : '+'}${percent(Math.abs(relativeError))})`;
  return [
    `To ${end}, ${figure(expected)} purchases were expected and ${count(actual)} made${off}; off by ${figures(meanAbsoluteError)} per customer on average.`,
    table(
      ['Repeats before', '>Customers', '>Expected each', '>Made each'],
      groups.map(({ frequency, orMore, customers, meanExpected, meanActual }) => [
        orMore ? `${frequency} or more` : String(frequency),
        customers,
        figures(meanExpected),
        figures(meanActual),
      ]),
    ),
  ];
}

/** Four figures that count. */
function figures(value: number): string {
  return String(Number(value.toPrecision(4)));
}
