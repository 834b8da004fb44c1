import { StatisticsError, requireNumber, requireSome, requireWhole } from '../statistics-error.ts';
import { requireArm, type Arm } from './arm.ts';
import { conversionDifference, type ConversionDifference } from './conversion-difference.ts';
import { fisherExactTest } from './fisher-exact-test.ts';
import { holmAdjusted } from './holm.ts';
import { sampleRatioMismatch, type SampleRatio } from './sample-ratio.ts';
import { power } from './sample-size.ts';
import { smallestExpectedCount, twoProportionZTest } from './two-proportion-z-test.ts';
import { verdictText, type VerdictCode } from './verdict-text.ts';

export interface NamedArm extends Arm {
  readonly name: string;
  /** The arm's weight in the planned split; 1 where left out. */
  readonly weight?: number;
}

export interface Experiment {
  readonly control: NamedArm;
  readonly variants: readonly NamedArm[];
  /** The smallest difference of the rates worth knowing, as a share: 0.01 is one percentage point. */
  readonly smallestDifference: number;
  /** Subjects in each arm without which no verdict is given; 1 where left out. */
  readonly plannedSubjects?: number;
  /** 0.95 where left out. */
  readonly level?: number;
}

export interface Comparison extends ConversionDifference {
  readonly variant: string;
  readonly test: 'fisher_exact' | 'two_proportion_z';
  readonly whyThisTest: string;
  readonly pValue: number;
  /** After Holm's correction for the number of variants; the verdict goes by it. */
  readonly adjustedPValue: number;
  /** The chance to have seen the smallest difference worth knowing, upwards from the control's rate. */
  readonly powerForSmallestDifference: number;
  readonly verdict: { readonly code: VerdictCode; readonly text: string };
}

export interface Judgement {
  readonly sampleRatio: SampleRatio;
  /** One for each variant, in their order. */
  readonly comparisons: readonly Comparison[];
}

const ENOUGH_POWER = 0.8;

/**
 * Compares each variant with the control and says in words what came of it. The exact test is used where a count of
 * less than 5 is expected, else the z test. The verdict is, in this order:
 * - `sample_ratio_broken`: the subjects did not fall as planned (`sampleRatioMismatch`);
 * - `not_enough_data`: an arm has less than the planned subjects;
 * - `variant_better`, `variant_worse`: the adjusted p-value is at most 1 − level;
 * - `no_difference_shown`: the test had a chance of 80 % or more to show the smallest difference worth knowing, and did
 *   not show one; this does not say that there is none;
 * - `not_enough_data`: it had not.
 *
 * The p-values hold for one look at a time fixed beforehand; for more, see `sequentialTest`. The intervals are each
 * variant's own, not corrected for their number.
 *
 * Throws `StatisticsError` for an arm without subjects, counts that cannot be, no variant, or a name that comes twice.
 */
export function judgeExperiment(experiment: Experiment): Judgement {
  const { control, variants, level = 0.95, plannedSubjects = 1 } = experiment;
  requireExperiment(experiment);
  const arms = [control, ...variants];
  const sampleRatio = sampleRatioMismatch(arms.map(({ subjects, weight = 1 }) => ({ subjects, weight })));
  const tests = variants.map((variant) => testOf(control, variant));
  const adjusted = holmAdjusted(tests.map(({ pValue }) => pValue));
  const planned = arms.every(({ subjects }) => subjects >= plannedSubjects);
  const comparisons = variants.map((variant, index) => {
    const difference = conversionDifference(control, variant, level);
    const powerForSmallestDifference = powerFor(experiment, variant);
    const adjustedPValue = adjusted[index]!;
    const shown = adjustedPValue <= 1 - level;
    const code: VerdictCode =
      (sampleRatio.verdict === 'broken' && 'sample_ratio_broken') ||
      (!planned && 'not_enough_data') ||
      (shown && (difference.difference > 0 ? 'variant_better' : 'variant_worse')) ||
      (powerForSmallestDifference >= ENOUGH_POWER ? 'no_difference_shown' : 'not_enough_data');
    const figures = { ...difference, ...tests[index]!, adjustedPValue, powerForSmallestDifference };
    const text = verdictText(code, { ...figures, control: control.name, variant: variant.name, planned, sampleRatio });
    return { variant: variant.name, ...figures, verdict: { code, text } };
  });
  return { sampleRatio, comparisons };
}

function requireExperiment(experiment: Experiment): void {
  const { control, variants, smallestDifference, plannedSubjects = 1, level = 0.95 } = experiment;
  requireNumber('smallestDifference', smallestDifference, { above: 0, below: 1 });
  requireWhole('plannedSubjects', plannedSubjects, { atLeast: 1 });
  requireNumber('level', level, { above: 0, below: 1 });
  requireSome('variants', variants);
  requireArm('control', control);
  variants.forEach((variant, index) => requireArm(`variants[${index}]`, variant));
  const names = new Set([control, ...variants].map(({ name }) => name));
  if (names.size <= variants.length)
    throw new StatisticsError('not_unique', 'variants', 'variants and control must each have a name of their own.');
}

function testOf(control: Arm, variant: Arm): Pick<Comparison, 'test' | 'whyThisTest' | 'pValue'> {
  const smallest = smallestExpectedCount(control, variant);
  const inWords = `The smallest expected count is ${smallest.toFixed(1)}`;
  if (smallest < 5) {
    const whyThisTest = `${inWords}, below 5, so that only the exact test is right.`;
    return { test: 'fisher_exact', whyThisTest, pValue: fisherExactTest(control, variant).pValue };
  }
  const whyThisTest = `${inWords}, at least 5, so that the normal approximation is good enough.`;
  return { test: 'two_proportion_z', whyThisTest, pValue: twoProportionZTest(control, variant).pValue };
}

/** Upwards from the control's rate, or downwards where there is no room; none or all converting is half a subject off. */
function powerFor({ control, variants, smallestDifference, level = 0.95 }: Experiment, variant: Arm): number {
  const rate = (control.conversions + 0.5) / (control.subjects + 1);
  const other = rate + smallestDifference < 1 ? rate + smallestDifference : rate - smallestDifference;
  if (other <= 0) return 0;
  // Holm holds the smallest of the p-values against the level shared by all.
  const shared = 1 - (1 - level) / variants.length;
  return power({ control: rate, variant: other }, { control: control.subjects, variant: variant.subjects }, shared);
}
