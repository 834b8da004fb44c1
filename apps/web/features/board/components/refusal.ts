import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import type { ToldProblem } from '../../../ui/told-problem.ts';

/**
 * Puts what is wrong with fields beside them. `fields` names the form's field for each of the server's. What
 * belongs to none of them is returned, to be said for the whole form.
 */
export function showRefusal<Values extends FieldValues>(
  { said, errors }: ToldProblem,
  fields: Readonly<Record<string, Path<Values>>>,
  setError: UseFormSetError<Values>,
): string | undefined {
  const known = errors.flatMap(({ field, message }) => {
    const name = fields[field] ?? fields[field.split('.')[0] ?? ''];
    return name === undefined ? [] : [{ name, message }];
  });
  for (const { name, message } of known) setError(name, { message });
  const others = errors.length - known.length;
  return known.length === 0 || others > 0 ? said : undefined;
}
