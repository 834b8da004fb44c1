interface ProgressBarProps {
  /** What is under way. */
  readonly label: string;
  readonly done: number;
  /** 0 where it is not known yet. */
  readonly total: number;
  /** How far it is, in words. */
  readonly told: string;
}

/** How far something is that takes a while, as a bar and in words. */
export function ProgressBar({ label, done, total, told }: ProgressBarProps) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="text-sm font-medium">{label}</p>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        aria-valuetext={told}
        className="bg-sunken border-line-strong h-2.5 w-full overflow-hidden rounded-full border"
      >
        <div className="bg-accent h-full transition-[width] duration-200" style={{ width: `${share * 100}%` }} />
      </div>
      <p className="text-muted text-xs">{told}</p>
    </div>
  );
}
