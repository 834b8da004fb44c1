import { Chip, ChipRow } from '../../../filters/chip.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import type { DealListSearch } from '../board-search.ts';
import { useReasonName } from '../../../terms/loss-reason.ts';
import { useStatusName } from '../../../terms/status-name.ts';
import { PrintedWords } from '../../../ui/printed-words.tsx';
import { boardTexts } from '../board.texts.ts';
import { listFilterTexts } from '../list-filters.texts.ts';

interface ListChipsProps {
  readonly search: DealListSearch;
  readonly stageTitle: (id: string) => string;
  /** The names that no longer stand in the address. */
  readonly onRemove: (names: readonly (keyof DealListSearch)[]) => void;
}

/** What only lists are narrowed by, in words: mostly where a figure of a report led here. */
export function ListChips({ search, stageTitle, onRemove }: ListChipsProps) {
  const t = useTexts(boardTexts);
  const format = useFormat();
  const filter = useTexts(listFilterTexts);
  const reasonName = useReasonName();
  const statusName = useStatusName();
  const {
    flow,
    from,
    to,
    stage,
    outcome,
    asOf,
    lostReason,
    competitor,
    forecastCategory,
    landingMonth,
    landingMonthByReps,
  } = search;
  const day = (text: string | undefined) => (text === undefined ? t('nothing') : format.day(text));
  const days = (['openedFrom', 'openedTo', 'endedFrom', 'endedTo'] as const).filter(
    (name) => search[name] !== undefined,
  );
  const chosen = (values: readonly string[], name: (value: string) => string) => values.map(name).join(', ');
  const chips: readonly { text: string; names: readonly (keyof DealListSearch)[] }[] = [
    ...(stage === undefined
      ? []
      : [{ text: t('inStageFilter', { stage: stageTitle(stage) }), names: ['stage'] as const }]),
    ...(flow === undefined
      ? []
      : [{ text: t(`flow.${flow}`, { from: day(from), to: day(to) }), names: ['flow', 'from', 'to'] as const }]),
    ...(outcome === undefined
      ? []
      : [
          {
            text: t('outcomeFilter', { outcomes: outcome.map(statusName).join(', ') }),
            names: ['outcome'] as const,
          },
        ]),
    ...(lostReason === undefined
      ? []
      : [
          {
            text: filter('lostFor', {
              values: chosen(lostReason, (code) => (code === '' ? filter('noReason') : reasonName(code))),
            }),
            names: ['lostReason'] as const,
          },
        ]),
    ...(competitor === undefined
      ? []
      : [
          {
            text: filter('lostTo', { values: chosen(competitor, (name) => name || filter('noCompetitor')) }),
            names: ['competitor'] as const,
          },
        ]),
    ...(forecastCategory === undefined
      ? []
      : [
          {
            text: filter('judged', { values: forecastCategory.map((each) => filter(`category.${each}`)).join(', ') }),
            names: ['forecastCategory'] as const,
          },
        ]),
    ...(landingMonth === undefined
      ? []
      : [{ text: filter('landing', { month: format.month(landingMonth) }), names: ['landingMonth'] as const }]),
    ...(landingMonthByReps === undefined
      ? []
      : [
          {
            text: filter('landingByReps', { month: format.month(landingMonthByReps) }),
            names: ['landingMonthByReps'] as const,
          },
        ]),
    ...days.map((name) => ({ text: t(name, { day: day(search[name]) }), names: [name] as const })),
    ...(asOf === undefined ? [] : [{ text: t('asOf', { day: day(asOf) }), names: ['asOf'] as const }]),
  ];
  if (chips.length === 0) return null;
  return (
    <>
      <ChipRow label={filter('chips')}>
        {chips.map(({ text, names }) => (
          <li key={text}>
            <Chip text={text} onRemove={() => onRemove(names)} />
          </li>
        ))}
      </ChipRow>
      <PrintedWords words={chips.map(({ text }) => text)} />
    </>
  );
}
