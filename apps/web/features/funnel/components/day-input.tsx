import { useState } from 'react';
import { dayParameter } from '../../../api/search-params.ts';

interface DayInputProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string) => void;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  /** Whether the label is shown beside the control; read out it is always. */
  readonly labelled?: boolean;
}

/** No company's history is older; a year that is being typed goes through 0002 and 0020. */
const EARLIEST = '1970-01-01';

/** A calendar day. It counts once it is a whole day within its bounds; what is half typed is dropped on leaving. */
export function DayInput({ label, value, onChange, min = EARLIEST, max, labelled = false }: DayInputProps) {
  const [typed, setTyped] = useState<string>();
  return (
    <label className="flex items-center gap-1.5 text-sm">
      <span className={labelled ? 'text-muted' : 'sr-only'}>{label}</span>
      <input
        type="date"
        value={typed ?? value ?? ''}
        min={min}
        max={max}
        onChange={({ target }) => {
          setTyped(target.value);
          const day = dayParameter(target.value);
          if (day !== undefined && day >= min && (max === undefined || day <= max)) {
            setTyped(undefined);
            onChange(day);
          }
        }}
        onBlur={() => setTyped(undefined)}
        className="min-h-8 text-sm"
      />
    </label>
  );
}
