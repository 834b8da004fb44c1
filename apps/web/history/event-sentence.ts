import { useCallback } from 'react';
import { useTexts } from '../i18n/texts.ts';
import type { DealWords } from './deal-words.ts';
import { historyTexts } from './history.texts.ts';
import type { ShownChange, ToldEvent } from './told-event.ts';

const TYPES = [
  'OpportunityReactivated',
  'OpportunityTerminated',
  'OpportunityForecastJudged',
  'OpportunityDetailsCorrected',
  'OpportunityWon',
  'OpportunityReopened',
  'OpportunityClosed',
  'OpportunityArchived',
  'OpportunityWithdrawn',
  'OpportunityRestored',
] as const;

/** The fields a sentence tells already, by the type of its event. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  OpportunityOpened: ['stageId', 'status'],
  OpportunityStageMoved: ['stageId', 'skipped'],
  OpportunitySuspended: ['status', 'wakeUpOn'],
  OpportunityReactivated: ['status'],
  OpportunityTerminated: ['status'],
  OpportunityTransferred: ['owner'],
  OpportunityTeamFormed: ['members'],
  OpportunityCreditSplit: ['shares'],
  OpportunityActivityLogged: ['costs'],
  OpportunityAmountChanged: ['amount'],
  OpportunityCloseDateChanged: ['expectedCloseDate'],
  OpportunityProductChanged: ['product'],
  OpportunityWon: ['status'],
  OpportunityLost: ['status', 'lostReason', 'competitor'],
  OpportunityClosed: ['status'],
  OpportunityArchived: ['status'],
  OpportunityWithdrawn: ['status'],
};

/** The changes of an event that its sentence leaves to a list. */
export function furtherChanges({ type, changes }: ToldEvent): readonly ShownChange[] {
  const told = TOLD[type] ?? [];
  return changes.filter(({ field }) => !told.includes(field));
}

/** The function that says an event as a sentence; `when` is put where the time belongs. */
export function useEventSentence(words: DealWords): (event: ToldEvent, when: string) => string {
  const t = useTexts(historyTexts);
  return useCallback(
    (event, when) => {
      const { type, changes, activity, reason, source } = event;
      const change = (field: string) => changes.find((one) => one.field === field);
      const sides = (field: string) => ({
        from: words.value(field, change(field)?.from),
        to: words.value(field, change(field)?.to),
      });
      const optional = (key: 'until' | 'skipping' | 'against', field: string, name: string): string =>
        change(field)?.to === undefined ? '' : t(key, { [name]: words.value(field, change(field)?.to) });
      const what = (): string => {
        switch (type) {
          case 'OpportunityOpened':
            return t('what.OpportunityOpened', { stage: sides('stageId').to });
          case 'OpportunityStageMoved':
            return change('stageId') === undefined
              ? t('what.again')
              : t('what.OpportunityStageMoved', {
                  ...sides('stageId'),
                  skipping: optional('skipping', 'skipped', 'stages'),
                });
          case 'OpportunitySuspended':
            return t('what.OpportunitySuspended', { until: optional('until', 'wakeUpOn', 'day') });
          case 'OpportunityTransferred':
            return change('owner') === undefined
              ? t('what.reassigned')
              : t('what.OpportunityTransferred', sides('owner'));
          case 'OpportunityTeamFormed':
            return t('what.OpportunityTeamFormed', sides('members'));
          case 'OpportunityCreditSplit':
            return t('what.OpportunityCreditSplit', sides('shares'));
          case 'OpportunityActivityLogged':
            return t('what.OpportunityActivityLogged', {
              kind: words.kind(activity?.kind ?? ''),
              outcome: activity?.outcome === undefined ? '' : t('activityOutcome', { outcome: activity.outcome }),
              cost: activity?.cost === undefined ? '' : t('activityCost', { cost: words.value('cost', activity.cost) }),
            });
          case 'OpportunityAmountChanged':
            return t('what.OpportunityAmountChanged', sides('amount'));
          case 'OpportunityCloseDateChanged':
            return t('what.OpportunityCloseDateChanged', sides('expectedCloseDate'));
          case 'OpportunityProductChanged':
            return t('what.OpportunityProductChanged', sides('product'));
          case 'OpportunityLost':
            return t('what.OpportunityLost', {
              reason: sides('lostReason').to,
              against: optional('against', 'competitor', 'competitor'),
            });
          default: {
            const known = TYPES.find((one) => one === type);
            return known === undefined ? t('what.other', { type }) : t(`what.${known}`);
          }
        }
      };
      return t('sentence', {
        who: words.actor(event),
        what: what(),
        because: reason === undefined ? '' : t('because', { reason }),
        when,
        through: t(`source.${source}`),
      });
    },
    [t, words],
  );
}
