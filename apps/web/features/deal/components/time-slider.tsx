import { Pause, Play, StepBack, StepForward } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useShortcuts } from '../../../shell/shortcuts.ts';
import { IconButton } from '../../../ui/button.tsx';
import { dealTexts } from '../deal.texts.ts';
import { instantOf, momentText } from '../moments.ts';
import { MomentField } from './moment-field.tsx';

const STEP_MILLISECONDS = 1_200;

interface TimeSliderProps {
  /** The business moments of the deal's events, in order. */
  readonly moments: readonly string[];
  /** The moment shown; none for now. */
  readonly asOf: string | undefined;
  readonly onChoose: (moment: string | undefined) => void;
  readonly slider: RefObject<HTMLInputElement | null>;
}

/** Goes through the life of a deal event by event, from its opening to now, or to any moment. */
export function TimeSlider({ moments, asOf, onChoose, slider }: TimeSliderProps) {
  const t = useTexts(dealTexts);
  const format = useFormat();
  const [playing, setPlaying] = useState(false);
  const last = moments.length;
  const instant = instantOf(asOf);
  // The event that comes after the moment shown, which may lie before the first one.
  const next = instant === undefined ? last + 1 : moments.filter((moment) => moment <= instant).length;
  const shown = Math.max(0, next - 1);
  const runs = playing && shown < last;
  const text = asOf === undefined ? t('now') : momentText(asOf, format);

  useEffect(() => {
    if (!runs) return undefined;
    const timer = setTimeout(() => onChoose(moments[next]), STEP_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [runs, next, moments, onChoose]);

  const go = useCallback(
    (step: number) => {
      setPlaying(false);
      // The buttons at the ends stay, so that the focus does; they lead nowhere.
      if (step >= 0 && step <= last) onChoose(moments[step]);
    },
    [last, moments, onChoose],
  );
  useShortcuts(useMemo(() => ({ '[': () => go(shown - 1), ']': () => go(next) }), [go, shown, next]));
  const play = () => {
    if (runs) return setPlaying(false);
    setPlaying(true);
    // From now on there is nothing to play: begin at the opening.
    if (shown === last) onChoose(moments[0]);
  };
  return (
    <section
      aria-label={t('timeTravel')}
      data-print="hidden"
      className="border-line bg-surface flex flex-wrap items-center gap-x-1 rounded-lg border px-2 py-1"
    >
      <IconButton
        label={t('earlier')}
        aria-disabled={shown === 0}
        className="aria-disabled:opacity-50"
        onClick={() => go(shown - 1)}
      >
        <StepBack size={15} aria-hidden />
      </IconButton>
      <IconButton label={t(runs ? 'pause' : 'play')} onClick={play}>
        {runs ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
      </IconButton>
      <IconButton
        label={t('later')}
        aria-disabled={shown === last}
        className="aria-disabled:opacity-50"
        onClick={() => go(next)}
      >
        <StepForward size={15} aria-hidden />
      </IconButton>
      <input
        ref={slider}
        type="range"
        aria-label={t('moment')}
        aria-valuetext={text}
        min={0}
        max={last}
        step={1}
        value={shown}
        onChange={(event) => go(event.target.valueAsNumber)}
        className="accent-accent h-6 min-w-32 flex-1"
      />
      <output className="px-1 text-right text-xs font-medium whitespace-nowrap max-sm:w-full sm:min-w-56">
        {text}
      </output>
      <MomentField instant={instant} onChoose={onChoose} />
    </section>
  );
}
