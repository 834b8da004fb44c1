import type { components } from '../../../api/schema.d.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { Select } from '../../../ui/field.tsx';
import type { Suggestion } from '../api/uploads.ts';
import { isDealsMap, withMeaning, type ImportMap, type StageMeaning } from '../deal-fields.ts';
import { importTexts } from '../imports.texts.ts';
import { meaningIn, type StageLabel } from '../stage-labels.ts';

interface StageMeaningsProps {
  readonly map: ImportMap;
  readonly labels: readonly StageLabel[];
  readonly unsure: Suggestion['unsure'];
  readonly suggested: ImportMap['stages'];
  readonly stages: readonly components['schemas']['StageDto'][];
  readonly onChange: (map: ImportMap) => void;
}

/** What each value of the stage column means: a stage, and whether the deal has ended there. */
export function StageMeanings({ map, labels, unsure, suggested, stages, onChange }: StageMeaningsProps) {
  const t = useTexts(importTexts);
  const format = useFormat();
  const stageName = useStageName();
  // A history tells the stage that a deal ended in; a single row must.
  const needsStage = isDealsMap(map);
  const choices = stages.map((stage) => ({ value: stage.id, label: stageName(stage) }));
  const outcomes = [
    { value: '', label: t('goesOn') },
    { value: 'won', label: t('won') },
    { value: 'lost', label: t('lost') },
  ];
  const meaningOf = (stage: string, outcome: string): StageMeaning | undefined => {
    const ended = outcome === 'won' || outcome === 'lost' ? ({ outcome } as const) : {};
    if (stage !== '') return { stage, ...ended };
    return needsStage || ended.outcome === undefined ? undefined : ended;
  };
  return (
    <div className="min-w-0 overflow-x-auto">
      <table className="text-sm">
        <caption className="mb-1 text-left font-semibold">{t('stageValues')}</caption>
        <thead className="text-muted text-left">
          <tr>
            <th scope="col" className="py-1 pr-4 font-medium">
              {t('valueInFile')}
            </th>
            <th scope="col" className="py-1 pr-4 text-right font-medium">
              {t('rows')}
            </th>
            <th scope="col" className="py-1 pr-4 font-medium">
              {t('stage')}
            </th>
            <th scope="col" className="py-1 font-medium">
              {t('outcome')}
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map(({ value, rows }) => {
            const label = value === '' ? t('empty') : value;
            const meaning = meaningIn(map.stages, value);
            const { stage = '', outcome = '' } = meaning ?? {};
            const guess = meaningIn(suggested, value);
            const isGuess =
              unsure.some(({ field }) => field === `map.stages.${value}`) &&
              meaning?.stage === guess?.stage &&
              meaning?.outcome === guess?.outcome;
            return (
              <tr key={value}>
                <th scope="row" className="max-w-64 py-1 pr-4 text-left font-normal break-words">
                  {label}
                  {meaning === undefined && <span className="text-bad block text-xs">{t('noMeaning')}</span>}
                  {meaning !== undefined && isGuess && <span className="text-warn block text-xs">{t('unsure')}</span>}
                </th>
                <td className="py-1 pr-4 text-right">{format.number(rows, 0)}</td>
                <td className="py-1 pr-4">
                  <Select
                    className="w-full"
                    aria-label={t('stageOf', { label })}
                    value={stage}
                    choices={[{ value: '', label: outcome === '' ? t('refuse') : t('asBefore') }, ...choices]}
                    onChange={({ target }) => onChange(withMeaning(map, value, meaningOf(target.value, outcome)))}
                  />
                </td>
                <td className="py-1">
                  <Select
                    aria-label={t('outcomeOf', { label })}
                    value={outcome}
                    disabled={needsStage && stage === ''}
                    choices={outcomes}
                    onChange={({ target }) => onChange(withMeaning(map, value, meaningOf(stage, target.value)))}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
