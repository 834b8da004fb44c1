import { useCallback } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { eventTexts } from './event.texts.ts';

/** The types of events that the page has words for. */
export const EVENT_TYPES = [
  'OpportunityOpened',
  'OpportunityStageMoved',
  'OpportunitySuspended',
  'OpportunityReactivated',
  'OpportunityTerminated',
  'OpportunityTransferred',
  'OpportunityTeamFormed',
  'OpportunityCreditSplit',
  'OpportunityActivityLogged',
  'OpportunityAmountChanged',
  'OpportunityCloseDateChanged',
  'OpportunityProductChanged',
  'OpportunityForecastJudged',
  'OpportunityDetailsCorrected',
  'OpportunityWon',
  'OpportunityLost',
  'OpportunityReopened',
  'OpportunityClosed',
  'OpportunityArchived',
  'OpportunityWithdrawn',
  'OpportunityRestored',
  'PipelineDefined',
  'PipelineRenamed',
  'PipelineStagesRevised',
  'ImportBegun',
  'ImportFinished',
  'ImportUndone',
] as const;

/** What an event is called in the chosen language, by the type it is stored as. */
export function useEventName(): (type: string) => string {
  const t = useTexts(eventTexts);
  return useCallback(
    (type) => {
      const known = EVENT_TYPES.find((one) => one === type);
      return known === undefined ? type : t(known);
    },
    [t],
  );
}
