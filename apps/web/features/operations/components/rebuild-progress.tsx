import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { outcomeOf, type BegunRebuild, type ProjectionStatus } from '../api/projections.ts';
import { operationsTexts } from '../operations.texts.ts';

interface RebuildProgressProps {
  readonly status: ProjectionStatus;
  readonly begun: BegunRebuild | undefined;
  /** When the status was read. */
  readonly readAt: number;
}

/** How far the rebuild of a projection is, and how it ended where it was begun on this page. */
export function RebuildProgress({ status, begun, readAt }: RebuildProgressProps) {
  const t = useTexts(operationsTexts);
  const format = useFormat();
  const { name, rebuild, lagUnit, generation = '–' } = status;
  const label = t('rebuilding', { name });
  if (rebuild !== undefined) {
    const told = t(lagUnit === 'bytes' ? 'rebuild.bytes' : 'rebuild.events', {
      done: format.number(rebuild.done, 0),
      total: format.number(rebuild.total, 0),
      rate: format.number(rebuild.eventsPerSecond, 0),
      left: format.duration(rebuild.secondsLeft),
    });
    return <ProgressBar label={label} done={rebuild.done} total={rebuild.total} told={told} />;
  }
  if (begun === undefined) return null;
  const outcome = outcomeOf(status, begun, readAt);
  if (outcome === 'begun') return <ProgressBar label={label} done={0} total={1} told={t('rebuild.begun')} />;
  if (outcome === 'ended') return <p className="text-bad text-sm">{t('rebuild.ended', { build: generation })}</p>;
  return <ProgressBar label={label} done={1} total={1} told={t('rebuild.done', { build: generation })} />;
}
