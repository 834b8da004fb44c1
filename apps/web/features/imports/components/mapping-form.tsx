import { useId } from 'react';
import type { components } from '../../../api/schema.d.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Field, Select } from '../../../ui/field.tsx';
import type { Suggestion, Upload } from '../api/uploads.ts';
import {
  dealPart,
  fieldsOf,
  isDealsMap,
  isRequired,
  withColumn,
  withDealPart,
  type ImportMap,
} from '../deal-fields.ts';
import { importTexts } from '../imports.texts.ts';
import { ColumnField } from './column-field.tsx';

interface MappingFormProps {
  /** The file that the map is for first. */
  readonly uploads: readonly Upload[];
  readonly map: ImportMap;
  readonly unsure: Suggestion['unsure'];
  readonly pipelines: readonly components['schemas']['PipelineAnswerDto'][];
  /** The one of the suggestion, which may be there only when the deals are. */
  readonly suggested: components['schemas']['MapPipelineDto'];
  readonly onChange: (map: ImportMap) => void;
}

const GRID = 'grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4';
const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** Which column is which field of a deal, and how its values are meant; begins with the server's suggestion. */
export function MappingForm({ uploads, map, unsure, pipelines, suggested, onChange }: MappingFormProps) {
  const t = useTexts(importTexts);
  const zones = useId();
  const deals = dealPart(map);
  const [first] = uploads;
  const file = isDealsMap(map) ? first : uploads.find(({ name }) => name === map.deals.file);
  const added = (deals.lookups ?? []).flatMap(({ take }) => Object.keys(take));
  const guess = (field: string) => (unsure.some((one) => one.field === field) ? t('unsure') : undefined);
  const hasEnded = Object.values(map.stages).some(({ outcome }) => outcome !== undefined);
  const lacks = {
    owner: deals.columns.owner === undefined && deals.defaults?.owner === undefined ? t('ownerMissing') : undefined,
    endedAt: isDealsMap(map) && hasEnded && map.columns.endedAt === undefined ? t('endedAtMissing') : undefined,
    stage: isDealsMap(map) && map.columns.stage === undefined ? t('stageMissing') : undefined,
  };
  const isThere = pipelines.some(({ id }) => id === suggested.id);
  return (
    <>
      <div>
        <h3 className="text-sm font-semibold">{t('mapping')}</h3>
        <p className="text-muted text-sm">{t('mappingHint')}</p>
      </div>
      <div className={GRID}>
        <Field label={t('pipeline')}>
          {(control) => (
            <Select
              {...control}
              value={map.pipeline.id}
              choices={[
                ...(isThere
                  ? []
                  : [{ value: suggested.id, label: t('setUp', { name: suggested.name ?? suggested.id }) }]),
                ...pipelines.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={({ target: { value } }) =>
                onChange({ ...map, pipeline: value === suggested.id ? suggested : { id: value } })
              }
            />
          )}
        </Field>
      </div>
      {!isDealsMap(map) && first !== undefined && (
        <fieldset className="min-w-0">
          <legend className="mb-1 text-sm font-semibold">{t('columnsOf', { file: first.name })}</legend>
          <div className={GRID}>
            {(['id', 'stage', 'at'] as const).map((field) => (
              <ColumnField
                key={field}
                label={t(field === 'at' ? 'enteredAt' : `field.${field}`)}
                upload={first}
                column={map.columns[field]}
                onChange={(column) => onChange({ ...map, columns: { ...map.columns, [field]: column } })}
              />
            ))}
          </div>
        </fieldset>
      )}
      {file !== undefined && (
        <fieldset className="min-w-0">
          <legend className="mb-1 text-sm font-semibold">{t('columnsOf', { file: file.name })}</legend>
          <div className={GRID}>
            {fieldsOf(map).map((field) => (
              <ColumnField
                key={field}
                label={isRequired(map, field) ? t('required', { field: t(`field.${field}`) }) : t(`field.${field}`)}
                error={lacks[field as keyof typeof lacks]}
                hint={guess(`map.columns.${field}`)}
                upload={file}
                added={added}
                column={deals.columns[field]}
                optional={field !== 'id'}
                onChange={(column) => onChange(withColumn(map, field, column))}
              />
            ))}
          </div>
        </fieldset>
      )}
      <div className={GRID}>
        <Field label={t('currency')} hint={guess('map.currency')}>
          {(control) => (
            <input
              {...control}
              value={deals.currency}
              maxLength={3}
              onChange={({ target }) => onChange(withDealPart(map, { currency: target.value.toUpperCase() }))}
            />
          )}
        </Field>
        <Field label={t('amountForm')} hint={guess('map.decimalMark')}>
          {(control) => (
            <Select
              {...control}
              value={deals.decimalMark ?? ''}
              choices={[
                // Left to itself, the server takes a comma for neither.
                ...(deals.decimalMark === undefined ? [{ value: '', label: '1234.56' }] : []),
                { value: '.', label: '1,234.56' },
                { value: ',', label: '1.234,56' },
              ]}
              onChange={({ target: { value } }) =>
                onChange(withDealPart(map, { decimalMark: value === ',' ? ',' : '.' }))
              }
            />
          )}
        </Field>
        <Field label={t('dateFormat')} hint={guess('map.dateFormats') ?? t('dateFormatHint')}>
          {(control) => (
            <input
              {...control}
              value={map.dateFormats.join(', ')}
              onChange={({ target }) =>
                onChange({ ...map, dateFormats: target.value.split(',').map((format) => format.trim()) })
              }
            />
          )}
        </Field>
        <Field label={t('timeZone')} hint={guess('map.timeZone')}>
          {(control) => (
            <>
              <input
                {...control}
                list={zones}
                value={map.timeZone}
                onChange={({ target }) => onChange({ ...map, timeZone: target.value })}
              />
              <datalist id={zones}>
                {TIME_ZONES.map((zone) => (
                  <option key={zone} value={zone} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field label={t('defaultOwner')} hint={t('defaultOwnerHint')}>
          {(control) => (
            <input
              {...control}
              value={deals.defaults?.owner ?? ''}
              onChange={({ target }) => {
                const { owner: _, ...others } = deals.defaults ?? {};
                onChange(
                  withDealPart(map, {
                    defaults: { ...others, ...(target.value === '' ? {} : { owner: target.value }) },
                  }),
                );
              }}
            />
          )}
        </Field>
      </div>
    </>
  );
}
