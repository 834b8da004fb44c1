import { useQuery } from '@tanstack/react-query';
import { facetsQuery } from '../../../filters/facets.ts';

/** The owners there are, as suggestions of the field that names `id` as its list. */
export function KnownOwners({ id, pipeline }: { readonly id: string; readonly pipeline: string }) {
  const { data } = useQuery(facetsQuery({ pipeline }));
  return (
    <datalist id={id}>
      {data?.owner.map(({ value }) => value !== null && <option key={value} value={value} />)}
    </datalist>
  );
}
