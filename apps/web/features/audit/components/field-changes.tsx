import { useTexts } from '../../../i18n/texts.ts';
import type { components } from '../../../api/schema.d.ts';
import { useFieldName } from '../../../terms/field-name.ts';
import { ComparisonTable } from '../../../ui/comparison-table.tsx';
import { auditTexts } from '../audit.texts.ts';

type FieldChange = components['schemas']['FieldChangeDto'];

/** What an event changed, field by field: old, then new. */
export function FieldChanges({ changes }: { readonly changes: readonly FieldChange[] | undefined }) {
  const t = useTexts(auditTexts);
  const fieldName = useFieldName();
  return (
    <div>
      <h4 className="mb-1 text-sm font-semibold">{t('changes')}</h4>
      {changes === undefined && <p className="text-muted text-sm">{t('changesUnknown')}</p>}
      {changes?.length === 0 && <p className="text-muted text-sm">{t('changesNone')}</p>}
      {changes !== undefined && changes.length > 0 && (
        <ComparisonTable
          caption={t('changes')}
          heads={[t('field'), t('old'), t('new')]}
          rows={changes.map(({ field, from, to }) => ({
            key: field,
            name: <span title={field}>{fieldName(field)}</span>,
            sides: [valueText(from), valueText(to)],
          }))}
        />
      )}
    </div>
  );
}

/** A value as it stands in the log. */
export function valueText(value: FieldChange['from']): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
