import { useQuery } from '@tanstack/react-query';
import { facetsQuery } from '../../../filters/facets.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Select } from '../../../ui/field.tsx';
import { boardTexts } from '../board.texts.ts';

const USUAL_CURRENCY = 'USD';
/** Those that the browser knows; where the server does not know one of them, it says so beside the amount. */
const ALL_CURRENCIES = Intl.supportedValuesOf('currency');

/** The currencies of a pipeline's open deals, the one that most are in first. */
export function useKnownCurrencies(pipeline: string): readonly [string, ...string[]] {
  const { data } = useQuery(facetsQuery({ pipeline }));
  const known = data?.currency.toSorted((left, right) => right.count - left.count) ?? [];
  const [usual = USUAL_CURRENCY, ...others] = known.flatMap(({ value }) => value ?? []);
  return [usual, ...others];
}

interface CurrencySelectProps {
  readonly pipeline: string;
  readonly value: string;
  readonly onChange: (currency: string) => void;
}

/** What an amount is in, beside the amount: first the currencies that the pipeline's deals have. */
export function CurrencySelect({ pipeline, value, onChange }: CurrencySelectProps) {
  const t = useTexts(boardTexts);
  const choices = new Set([...useKnownCurrencies(pipeline), ...ALL_CURRENCIES]);
  return (
    <Select
      aria-label={t('currency')}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      choices={[...choices].map((currency) => ({ value: currency, label: currency }))}
    />
  );
}
