import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly hint?: string;
  readonly actions?: ReactNode;
  /** Whether it stands on paper, too. */
  readonly printed?: boolean;
  readonly children: ReactNode;
}

/** A part of a report with its heading. */
export function Section({ title, hint, actions, printed = true, children }: SectionProps) {
  return (
    <div className="flex min-w-0 flex-col gap-3" data-print={printed ? undefined : 'hidden'}>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-1 break-after-avoid">
        <div>
          <h2 className="text-base font-semibold">{title}</h2>
          {hint !== undefined && <p className="text-muted text-sm">{hint}</p>}
        </div>
        {actions}
      </div>
      {children}
    </div>
  );
}
