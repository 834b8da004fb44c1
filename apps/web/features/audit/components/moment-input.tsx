import { useTexts } from '../../../i18n/texts.ts';
import { auditTexts } from '../audit.texts.ts';

interface MomentInputProps {
  readonly label: string;
  /** A day, or a moment in UTC; empty for none. */
  readonly value: string;
  /** Which instant of a chosen minute is meant. */
  readonly end: 'first' | 'last';
  readonly onChange: (value: string) => void;
}

/** A day and, once there is one, the time on it that may narrow it further. */
export function MomentInput({ label, value, end, onChange }: MomentInputProps) {
  const t = useTexts(auditTexts);
  const day = value.slice(0, 10);
  const seconds = end === 'first' ? '00.000' : '59.999';
  return (
    <div className="flex min-w-0 flex-col gap-1 sm:flex-row sm:items-end">
      <label className="flex min-w-0 flex-col gap-1 text-xs">
        <span className="text-muted">{label}</span>
        <input
          type="date"
          value={day}
          onChange={({ target }) => onChange(target.value)}
          className="min-h-8 w-full min-w-0 text-sm sm:w-36"
        />
      </label>
      {day !== '' && (
        <input
          type="time"
          aria-label={t('timeOf', { label })}
          value={value.slice(11, 16)}
          onChange={({ target }) => onChange(target.value === '' ? day : `${day}T${target.value}:${seconds}Z`)}
          className="min-h-8 w-full min-w-0 text-sm sm:w-28"
        />
      )}
    </div>
  );
}
