import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { problemOf } from '../../../api/problem.ts';

/**
 * Puts what the server says about fields beside them. `fields` names the form's field for each of the server's. What
 * belongs to none of them is returned, to be said for the whole form.
 */
export function showRefusal<Values extends FieldValues>(
  error: unknown,
  fields: Readonly<Record<string, Path<Values>>>,
  setError: UseFormSetError<Values>,
): string | undefined {
  const { document, message } = problemOf(error);
  const errors = document.errors ?? [];
  const known = errors.flatMap(({ field, message: told }) => {
    const name = fields[field] ?? fields[field.split('.')[0] ?? ''];
    return name === undefined ? [] : [{ name, told }];
  });
  for (const { name, told } of known) setError(name, { message: told });
  const others = errors.length - known.length;
  return known.length === 0 || others > 0 ? message : undefined;
}
