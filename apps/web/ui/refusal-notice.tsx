import { CircleAlert } from 'lucide-react';
import { problemOf } from '../api/problem.ts';
import { useToldProblem } from './told-problem.ts';

interface RefusalNoticeProps {
  readonly error: unknown;
  /** Said where the role is not enough. */
  readonly forbidden?: string;
}

/** Why something that was asked for was not done. */
export function RefusalNotice({ error, forbidden }: RefusalNoticeProps) {
  const { said, errors } = useToldProblem()(error);
  const inOwnWords = problemOf(error).status === 403 ? forbidden : undefined;
  return (
    <div role="alert" className="text-bad bg-bad-soft flex items-start gap-2 rounded-md p-2 text-sm">
      <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0 break-words">
        {errors.length === 0 && <p>{inOwnWords ?? said}</p>}
        {errors.map(({ field, message }) => (
          <p key={`${field} ${message}`}>{message}</p>
        ))}
      </div>
    </div>
  );
}
