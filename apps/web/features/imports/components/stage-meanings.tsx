import type { components } from '../../../api/schema.d.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useStageName } from '../../../pipelines/stage-name.ts';
import { Select } from '../../../ui/field.tsx';
import type { Suggestion, Upload } from '../api/uploads.ts';
import { withMeaning, type DealsMap, type StageMeaning } from '../deal-fields.ts';
import { importTexts } from '../imports.texts.ts';

interface StageMeaningsProps {
  readonly upload: Upload;
  readonly map: DealsMap;
  readonly unsure: Suggestion['unsure'];
  readonly stages: readonly components['schemas']['StageDto'][];
  readonly onChange: (map: DealsMap) => void;
}

const IN_SUGGESTION = 'map.stages.';

/** What each value of the stage column means: a stage, and whether the deal has ended there. */
export function StageMeanings({ upload, map, unsure, stages, onChange }: StageMeaningsProps) {
  const t = useTexts(importTexts);
  const stageName = useStageName();
  const index = upload.columns.indexOf(map.columns.stage ?? '');
  const asked = unsure.map(({ field }) => field).filter((field) => field.startsWith(IN_SUGGESTION));
  const labels = [
    ...new Set([
      ...Object.keys(map.stages),
      ...asked.map((field) => field.slice(IN_SUGGESTION.length)),
      ...upload.rows.map((row) => row[index] ?? '').filter((value) => value !== ''),
    ]),
  ].toSorted();
  const choices = stages.map((stage) => ({ value: stage.id, label: stageName(stage) }));
  const outcomes = [
    { value: '', label: t('goesOn') },
    { value: 'won', label: t('won') },
    { value: 'lost', label: t('lost') },
  ];
  const meaningOf = (stage: string, outcome: string): StageMeaning | undefined => {
    if (stage === '') return undefined;
    return outcome === 'won' || outcome === 'lost' ? { stage, outcome } : { stage };
  };
  return (
    <div className="min-w-0 overflow-x-auto">
      <table className="text-sm">
        <caption className="mb-1 text-left font-semibold">{t('stageValues')}</caption>
        <thead className="text-muted text-left">
          <tr>
            <th scope="col" className="pr-4 font-medium">
              {t('valueInFile')}
            </th>
            <th scope="col" className="pr-4 font-medium">
              {t('stage')}
            </th>
            <th scope="col" className="font-medium">
              {t('outcome')}
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => {
            const { stage = '', outcome = '' } = map.stages[label] ?? {};
            return (
              <tr key={label}>
                <th scope="row" className="py-1 pr-4 text-left font-normal">
                  {label}
                  {asked.includes(IN_SUGGESTION + label) && (
                    <span className="text-warn block text-xs">{t('unsure')}</span>
                  )}
                </th>
                <td className="py-1 pr-4">
                  <Select
                    aria-label={t('stageOf', { label })}
                    value={stage}
                    choices={[{ value: '', label: t('refuse') }, ...choices]}
                    onChange={({ target }) => onChange(withMeaning(map, label, meaningOf(target.value, outcome)))}
                  />
                </td>
                <td className="py-1">
                  <Select
                    aria-label={t('outcomeOf', { label })}
                    value={outcome}
                    disabled={stage === ''}
                    choices={outcomes}
                    onChange={({ target }) => onChange(withMeaning(map, label, meaningOf(stage, target.value)))}
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
