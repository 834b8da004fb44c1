import { Presets, SingleBar } from 'cli-progress';
import { count } from './answer.ts';

/** A bar on the standard error, where that is a terminal; nothing elsewhere. */
export interface Progress {
  show(done: number, total: number): void;
  /** Leaves the terminal as a whole line. */
  stop(): void;
}

/** @param unit what is counted, `events` */
export function progressBar(title: string, unit: string): Progress {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
  const startedAt = performance.now();
  const bar = new SingleBar(
    {
      format: `${title} [{bar}] {percentage} % | {done} of {all} ${unit} | {rate}/s | {left} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
    },
    Presets.legacy,
  );
  let begun = false;
  return {
    show(done, total) {
      const seconds = Math.max(0.001, (performance.now() - startedAt) / 1_000);
      const rate = done / seconds;
      const facts = {
        done: count(done),
        all: count(total),
        rate: count(Math.round(rate)),
        left: rate === 0 ? '–' : timeOf((total - done) / rate),
      };
      if (begun) bar.setTotal(Math.max(total, 1));
      else bar.start(Math.max(total, 1), done, facts);
      begun = true;
      bar.update(done, facts);
    },
    stop() {
      if (begun) bar.stop();
    },
  };
}

function timeOf(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
