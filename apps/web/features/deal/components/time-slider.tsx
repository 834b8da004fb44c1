import { Pause, Play, StepBack, StepForward } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { IconButton } from '../../../ui/button.tsx';
import { dealTexts } from '../deal.texts.ts';

const STEP_MILLISECONDS = 1_200;

interface TimeSliderProps {
  /** The business moments of the deal's events, in order. */
  readonly moments: readonly string[];
  /** The moment shown; none for now. */
  readonly instant: string | undefined;
  readonly onChoose: (moment: string | undefined) => void;
  readonly slider: RefObject<HTMLInputElement | null>;
}

/** Goes through the life of a deal event by event, from its opening to now. */
export function TimeSlider({ moments, instant, onChoose, slider }: TimeSliderProps) {
  const t = useTexts(dealTexts);
  const format = useFormat();
  const [playing, setPlaying] = useState(false);
  const last = moments.length;
  const shown = instant === undefined ? last : Math.max(0, moments.filter((moment) => moment <= instant).length - 1);
  const runs = playing && shown < last;
  const text = instant === undefined ? t('now') : format.moment(instant);

  useEffect(() => {
    if (!runs) return undefined;
    const timer = setTimeout(() => onChoose(moments[shown + 1]), STEP_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [runs, shown, moments, onChoose]);

  const go = (step: number) => {
    setPlaying(false);
    // The buttons at the ends stay, so that the focus does; they lead nowhere.
    if (step >= 0 && step <= last) onChoose(moments[step]);
  };
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
        onClick={() => go(shown + 1)}
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
      <output className="text-right text-xs font-medium whitespace-nowrap max-sm:w-full sm:w-44">{text}</output>
    </section>
  );
}
