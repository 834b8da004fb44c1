import { useTexts } from '../../../i18n/texts.ts';
import { wholeAmounts } from '../../../history/told-event.ts';
import { usePipelines } from '../../../pipelines/pipelines.ts';
import { useFieldName } from '../../../terms/field-name.ts';
import { useFieldValue } from '../../../terms/field-value.ts';
import { ComparisonTable } from '../../../ui/comparison-table.tsx';
import type { AuditEvent } from '../api/events.ts';
import { auditTexts } from '../audit.texts.ts';

/** What an event changed, field by field: old, then new. */
export function FieldChanges({ event: { changes, data } }: { readonly event: Pick<AuditEvent, 'changes' | 'data'> }) {
  const t = useTexts(auditTexts);
  const fieldName = useFieldName();
  const { data: known } = usePipelines();
  const valueOf = useFieldValue(known?.pipelines ?? [], '–');
  const text = (field: string, value: unknown): string =>
    valueOf(field, value, { pipelineId: textIn(data, 'pipelineId') });
  return (
    <div>
      <h4 className="mb-1 text-sm font-semibold">{t('changes')}</h4>
      {changes === undefined && <p className="text-muted text-sm">{t('changesUnknown')}</p>}
      {changes?.length === 0 && <p className="text-muted text-sm">{t('changesNone')}</p>}
      {changes !== undefined && changes.length > 0 && (
        <ComparisonTable
          caption={t('changes')}
          heads={[t('field'), t('old'), t('new')]}
          rows={wholeAmounts(changes, currencyIn(data)).map(({ field, from, to }) => ({
            key: field,
            name: <span title={field}>{fieldName(field)}</span>,
            sides: [text(field, from), text(field, to)],
          }))}
        />
      )}
    </div>
  );
}

/** The currency of the amount that an event speaks of: one that only changed the figure changed no currency. */
function currencyIn(data: object | undefined): string | undefined {
  const said = [data, objectIn(data, 'changes')].map((part) => textIn(objectIn(part, 'amount'), 'currency'));
  return said.find((currency) => currency !== undefined);
}

function objectIn(data: object | undefined, name: string): object | undefined {
  const value: unknown = data && Reflect.get(data, name);
  return typeof value === 'object' && value !== null ? value : undefined;
}

function textIn(data: object | undefined, name: string): string | undefined {
  const value: unknown = data && Reflect.get(data, name);
  return typeof value === 'string' ? value : undefined;
}
