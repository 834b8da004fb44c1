import { CircleAlert } from 'lucide-react';
import { useTexts } from '../../../i18n/texts.ts';
import { reportTexts } from '../report.texts.ts';

/** Says what the address could not mean, so that nobody takes the report for what was asked. */
export function IgnoredNotice({ ignored }: { readonly ignored: readonly string[] }) {
  const t = useTexts(reportTexts);
  return (
    <p role="status" className="border-warn flex items-center gap-2 rounded-lg border px-3 py-2 text-sm">
      <CircleAlert size={16} aria-hidden className="text-warn shrink-0" />
      <span className="min-w-0 wrap-anywhere">{t('ignored', { said: ignored.join(', ') })}</span>
    </p>
  );
}
