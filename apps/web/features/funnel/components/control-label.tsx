import type { ReactNode } from 'react';

/** A control of a report with its name beside it. */
export function ControlLabel({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <label className="flex items-center gap-1.5 text-sm">
      <span className="text-muted whitespace-nowrap">{text}</span>
      {children}
    </label>
  );
}
