import { useTexts } from '../../../i18n/texts.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import type { ForecastAnswer } from '../api/forecast.ts';
import { standingDeals, type DealsSearch } from '../deals-search.ts';
import { currenciesOf } from '../funnel-rows.ts';
import { funnelTexts } from '../funnel.texts.ts';
import type { ReportSearch } from '../report-search.ts';
import { figureColumn, nameColumn, type ReportRow } from './figure-column.tsx';
import { Section } from './section.tsx';

interface CategoriesSectionProps {
  readonly search: ReportSearch;
  readonly answer: ForecastAnswer;
}

type OfCategory = ForecastAnswer['categories'][number];

/** The forecast counts deals that nobody judged as pipeline. */
function dealsOf(search: ReportSearch, { category, currency }: OfCategory): DealsSearch {
  return standingDeals(search, { forecastCategory: category === 'pipeline' ? [category, ''] : [category], currency });
}

/** What the open deals bring by how sure the reps are of them. */
export function CategoriesSection({ search, answer }: CategoriesSectionProps) {
  const t = useTexts(funnelTexts);
  const rows = answer.categories.map((of): ReportRow<OfCategory> => ({
    key: `${of.category} ${of.currency}`,
    name: t(`category.${of.category}`),
    of,
    search,
  }));
  return (
    <Section title={t('categories')} hint={t('categoriesHint')}>
      {currenciesOf(answer.categories).map((currency) => {
        const named = (name: string) => t('inCurrency', { name, currency });
        return (
          <DataTable
            key={currency}
            caption={named(t('categories'))}
            columns={[
              nameColumn<OfCategory>(t('category')),
              figureColumn<OfCategory>('deals', t('deals'), 'count', ({ count }) => count, dealsOf),
              figureColumn<OfCategory>('amount', named(t('amount')), { currency }, ({ amount }) => amount, dealsOf),
              figureColumn<OfCategory>(
                'expected',
                named(t('expected')),
                { currency },
                ({ expectedAmount }) => expectedAmount,
                dealsOf,
              ),
              figureColumn<OfCategory>(
                'byReps',
                named(t('byReps')),
                { currency },
                ({ expectedByReps }) => expectedByReps,
                (from, of) => (of.countByReps === 0 ? undefined : dealsOf(from, of)),
              ),
            ]}
            rows={rows.filter(({ of }) => of.currency === currency)}
            rowKey={({ key }) => key}
          />
        );
      })}
    </Section>
  );
}
