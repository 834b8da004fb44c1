import { useTexts } from '../../../i18n/texts.ts';
import { Field, Select } from '../../../ui/field.tsx';
import type { Upload } from '../api/uploads.ts';
import { importTexts } from '../imports.texts.ts';

interface ColumnFieldProps {
  readonly label: string;
  readonly error?: string | undefined;
  /** Said before an example. */
  readonly hint?: string | undefined;
  readonly upload: Upload;
  /** Further columns, which are looked up in other files. */
  readonly added?: readonly string[];
  readonly column: string | undefined;
  readonly optional?: boolean;
  /** Told of the column, nothing for none. */
  readonly onChange: (column: string) => void;
}

/** The choice of a column of a file, with what stands in it. */
export function ColumnField({ label, error, hint, upload, added = [], column, optional, onChange }: ColumnFieldProps) {
  const t = useTexts(importTexts);
  const names = [...new Set([...upload.columns, ...added, ...(column === undefined ? [] : [column])])];
  const index = column === undefined ? -1 : upload.columns.indexOf(column);
  const values = [...new Set(upload.rows.map((row) => row[index] ?? ''))].filter((value) => value !== '');
  const example = values.length === 0 ? undefined : t('forExample', { values: values.slice(0, 2).join(', ') });
  return (
    <Field
      label={label}
      error={error}
      hint={[hint, example].filter((part) => part !== undefined).join(' ') || undefined}
    >
      {(control) => (
        <Select
          {...control}
          value={column ?? ''}
          choices={[
            ...(optional ? [{ value: '', label: t('noColumn') }] : []),
            ...names.map((name) => ({ value: name, label: name })),
          ]}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
