import { Link } from '@tanstack/react-router';
import { problemOf } from '../../../api/problem.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { RefusalNotice } from '../../../ui/refusal-notice.tsx';
import { JOB_KINDS, SECTION_OF } from '../audit-search.ts';
import { auditTexts } from '../audit.texts.ts';

/** Why a job was not begun; where another is under way, the way to it. */
export function StartRefusal({ error }: { readonly error: unknown }) {
  const t = useTexts(auditTexts);
  // The server names it by its address: …/replays/<id>.
  const [kinds, job] = problemOf(error).document.job?.split('/').slice(-2) ?? [];
  const kind = JOB_KINDS.find((each) => `${each}s` === kinds);
  return (
    <div className="flex flex-col items-start gap-1">
      <RefusalNotice error={error} forbidden={t('forbidden')} />
      {kind !== undefined && job !== undefined && (
        <Link
          to="/audit"
          search={{ section: SECTION_OF[kind], job }}
          className="text-accent inline-flex min-h-6 items-center text-sm underline"
        >
          {t('toJob')}
        </Link>
      )}
    </div>
  );
}
