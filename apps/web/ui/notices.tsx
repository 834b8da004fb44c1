import { CircleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { problemOf } from '../api/problem.ts';
import { useTexts } from '../i18n/texts.ts';
import { Button } from './button.tsx';
import { useToldProblem } from './told-problem.ts';
import { uiTexts } from './ui.texts.ts';

/** What happened, and what to do next. */
export function ErrorNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const t = useTexts(uiTexts);
  const { code, status } = problemOf(error);
  const { said, errors } = useToldProblem()(error);
  const explained = code === 'unreachable' ? t('unreachable') : status === 403 ? t('forbidden') : said;
  return (
    <div role="alert" className="border-bad bg-bad-soft m-4 flex items-start gap-3 rounded-lg border p-4">
      <CircleAlert className="text-bad mt-0.5 shrink-0" size={18} aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{t('failed')}</p>
        {errors.length === 0 && <p className="text-sm break-words">{explained}</p>}
        {errors.map(({ field, message }) => (
          <p key={`${field} ${message}`} className="text-sm break-words">
            {message}
          </p>
        ))}
      </div>
      {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
    </div>
  );
}

export interface EmptyNoticeProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What to do about it. */
  readonly hint: string;
  readonly children?: ReactNode;
}

/** Nothing is here yet, and what to do about it. */
export function EmptyNotice({ icon: Icon, title, hint, children }: EmptyNoticeProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-16 text-center">
      <Icon className="text-muted" size={28} aria-hidden />
      <p className="font-medium">{title}</p>
      <p className="text-muted max-w-md text-sm">{hint}</p>
      {children}
    </div>
  );
}

/** The shape of what is being loaded; nothing moves when it arrives. */
export function Skeleton({ className = '' }: { readonly className?: string }) {
  return <div aria-hidden className={`bg-sunken animate-pulse rounded-md ${className}`} />;
}

/** Lines of a table or list that are being loaded. */
export function SkeletonLines({ lines = 8 }: { readonly lines?: number }) {
  const t = useTexts(uiTexts);
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-2 p-4">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className="h-7" />
      ))}
    </div>
  );
}
