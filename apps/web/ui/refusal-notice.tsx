import { CircleAlert } from 'lucide-react';
import { problemOf } from '../api/problem.ts';
import { useTexts } from '../i18n/texts.ts';
import { uiTexts } from './ui.texts.ts';

interface RefusalNoticeProps {
  readonly error: unknown;
  /** Said where the role is not enough. */
  readonly forbidden?: string;
}

/** Why something that was asked for was not done. */
export function RefusalNotice({ error, forbidden }: RefusalNoticeProps) {
  const t = useTexts(uiTexts);
  const problem = problemOf(error);
  const told = problem.status === 403 ? forbidden : problem.code === 'unreachable' ? t('unreachable') : undefined;
  const said = told ?? problem.message;
  const errors = problem.document.errors?.filter(({ message }) => message !== said);
  return (
    <div role="alert" className="text-bad bg-bad-soft flex items-start gap-2 rounded-md p-2 text-sm">
      <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0 break-words">
        <p>{said}</p>
        {errors?.map(({ field, message }) => (
          <p key={`${field} ${message}`}>{message}</p>
        ))}
      </div>
    </div>
  );
}
