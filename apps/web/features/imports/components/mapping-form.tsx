import type { components } from '../../../api/schema.d.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { Field, Select } from '../../../ui/field.tsx';
import type { Suggestion, Upload } from '../api/uploads.ts';
import { DEAL_FIELDS, isRequired, withColumn, type DealsMap } from '../deal-fields.ts';
import { importTexts } from '../imports.texts.ts';
import { StageMeanings } from './stage-meanings.tsx';

interface MappingFormProps {
  readonly upload: Upload;
  readonly map: DealsMap;
  readonly unsure: Suggestion['unsure'];
  readonly stages: readonly components['schemas']['StageDto'][];
  readonly onChange: (map: DealsMap) => void;
}

/** Which column is which field of a deal, and how its values are meant; begins with the server's suggestion. */
export function MappingForm({ upload, map, unsure, stages, onChange }: MappingFormProps) {
  const t = useTexts(importTexts);
  const columns = upload.columns.map((column) => ({ value: column, label: column }));
  const guess = (field: string) => (unsure.some((one) => one.field === field) ? t('unsure') : undefined);
  const example = (column: string | undefined): string | undefined => {
    const index = column === undefined ? -1 : upload.columns.indexOf(column);
    const values = [...new Set(upload.rows.map((row) => row[index] ?? ''))].filter((value) => value !== '');
    return values.length === 0 ? undefined : t('forExample', { values: values.slice(0, 2).join(', ') });
  };
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div>
        <h3 className="text-sm font-semibold">{t('mapping')}</h3>
        <p className="text-muted text-sm">{t('mappingHint')}</p>
      </div>
      <div className="grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
        {DEAL_FIELDS.map((field) => (
          <Field
            key={field}
            label={isRequired(field) ? t('required', { field: t(`field.${field}`) }) : t(`field.${field}`)}
            hint={guess(`map.columns.${field}`) ?? example(map.columns[field])}
          >
            {(control) => (
              <Select
                {...control}
                value={map.columns[field] ?? ''}
                choices={field === 'id' ? columns : [{ value: '', label: t('noColumn') }, ...columns]}
                onChange={({ target }) => onChange(withColumn(map, field, target.value))}
              />
            )}
          </Field>
        ))}
      </div>
      <div className="grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label={t('currency')} hint={guess('map.currency')}>
          {(control) => (
            <input
              {...control}
              value={map.currency}
              maxLength={3}
              onChange={({ target }) => onChange({ ...map, currency: target.value.toUpperCase() })}
            />
          )}
        </Field>
        <Field label={t('timeZone')} hint={guess('map.timeZone')}>
          {(control) => (
            <input
              {...control}
              value={map.timeZone}
              onChange={({ target }) => onChange({ ...map, timeZone: target.value })}
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
        <Field label={t('defaultOwner')} hint={t('defaultOwnerHint')}>
          {(control) => (
            <input
              {...control}
              value={map.defaults?.owner ?? ''}
              onChange={({ target }) => {
                const { owner: _, ...others } = map.defaults ?? {};
                onChange({
                  ...map,
                  defaults: { ...others, ...(target.value === '' ? {} : { owner: target.value }) },
                });
              }}
            />
          )}
        </Field>
      </div>
      {map.columns.stage !== undefined && (
        <StageMeanings upload={upload} map={map} unsure={unsure} stages={stages} onChange={onChange} />
      )}
    </div>
  );
}
