import type { SampleRatio } from './sample-ratio.ts';

/** What came of a comparison. Stable, for programs. */
export type VerdictCode =
  'variant_better' | 'variant_worse' | 'no_difference_shown' | 'not_enough_data' | 'sample_ratio_broken';

interface Figures {
  readonly control: string;
  readonly variant: string;
  readonly difference: number;
  readonly interval: { readonly lower: number; readonly upper: number };
  readonly adjustedPValue: number;
  readonly powerForSmallestDifference: number;
  readonly planned: boolean;
  readonly sampleRatio: SampleRatio;
}

/** A verdict in a sentence or two for who ran the experiment. */
export function verdictText(code: VerdictCode, figures: Figures): string {
  const { control, variant, difference, interval, adjustedPValue, powerForSmallestDifference, planned } = figures;
  const range = `between ${points(interval.lower)} and ${points(interval.upper)} percentage points`;
  const seen = `${points(difference)} percentage points (${range}, ${chance(adjustedPValue)})`;
  switch (code) {
    case 'variant_better':
      return `${variant} converts better than ${control}: ${seen}.`;
    case 'variant_worse':
      return `${variant} converts worse than ${control}: ${seen}.`;
    case 'no_difference_shown':
      return `No difference of ${variant} and ${control} is shown: ${seen}. That does not prove that there is none.`;
    case 'not_enough_data':
      return planned
        ? `There is not enough data to tell ${variant} from ${control}: the chance to see the smallest difference ` +
            `worth knowing was ${percent(powerForSmallestDifference)} so far.`
        : `There is not enough data to tell ${variant} from ${control}: the planned subjects are not reached.`;
    case 'sample_ratio_broken':
      return (
        `The subjects did not fall into the variants as planned (${chance(figures.sampleRatio.pValue)}): ` +
        `the assignment or the counting is at fault, and the rates must not be compared.`
      );
  }
}

function points(share: number): string {
  const rounded = (share * 100).toFixed(2);
  return Number(rounded) > 0 ? `+${rounded}` : rounded.replace(/^-0\.00$/, '0.00').replace('-', '−');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function chance(pValue: number): string {
  return pValue < 0.0001 ? 'p < 0.0001' : `p = ${pValue.toFixed(4)}`;
}
