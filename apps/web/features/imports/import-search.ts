import { given, textParameter, textsParameter } from '../../api/search-params.ts';
import { isImportMap, type ImportMap } from './deal-fields.ts';

/** What the address says about imports: the one that is shown, or the files of a new one and how they are read. */
export interface ImportSearch {
  readonly import?: string;
  /** Ids of files that were sent. */
  readonly uploads?: readonly string[];
  /** Where it differs from what is suggested. */
  readonly map?: ImportMap;
}

export function importSearch({ import: id, uploads, map }: Readonly<Record<string, unknown>>): ImportSearch {
  return given({
    import: textParameter(id),
    uploads: textsParameter(uploads),
    map: isImportMap(map) ? map : undefined,
  });
}
