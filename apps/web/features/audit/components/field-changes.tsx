import { useTexts } from '../../../i18n/texts.ts';
import type { components } from '../../../api/schema.d.ts';
import { useFieldName } from '../../../terms/field-name.ts';
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
        <table className="w-full text-sm">
          <thead className="text-muted text-left text-xs">
            <tr>
              <th scope="col" className="font-medium">
                {t('field')}
              </th>
              <th scope="col" className="font-medium">
                {t('old')}
              </th>
              <th scope="col" className="font-medium">
                {t('new')}
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ field, from, to }) => (
              <tr key={field} className="border-line border-t align-top">
                <th scope="row" className="py-0.5 pr-2 text-left font-normal break-words" title={field}>
                  {fieldName(field)}
                </th>
                <td className="py-0.5 pr-2 break-all">{valueText(from)}</td>
                <td className="py-0.5 break-all">{valueText(to)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

/** A value as it stands in the log. */
export function valueText(value: FieldChange['from']): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
