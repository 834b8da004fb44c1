import { Badge, type Tone } from '../ui/badge.tsx';
import { useStatusName, type Status } from './status-name.ts';

const TONES: Readonly<Record<Status, Tone>> = {
  open: 'accent',
  suspended: 'warn',
  won: 'good',
  lost: 'bad',
  terminated: 'bad',
  closed: 'neutral',
  archived: 'neutral',
  withdrawn: 'neutral',
};

/** A deal's status. */
export function StatusBadge({ status }: { readonly status: Status }) {
  const statusName = useStatusName();
  return <Badge tone={TONES[status]}>{statusName(status)}</Badge>;
}
