import { randomInt } from 'node:crypto';

/**
 * The id of a new import: readable, and unique with near certainty; where not, the import is refused before it begins.
 * @param now milliseconds since 1970
 */
export function newImportId(kind: string, now: number): string {
  const moment = new Date(now).toISOString().replaceAll(/[-:]|\..*/g, '');
  return `${kind}-${moment}-${randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0')}`;
}
