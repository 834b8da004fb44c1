import type { TimelineEntry } from './api/timeline.ts';

/** By what a timeline is filtered. */
export const EVENT_KINDS = ['stages', 'details', 'people', 'activities'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

const KINDS: Readonly<Record<TimelineEntry['type'], EventKind>> = {
  OpportunityOpened: 'stages',
  OpportunityStageMoved: 'stages',
  OpportunitySuspended: 'stages',
  OpportunityReactivated: 'stages',
  OpportunityTerminated: 'stages',
  OpportunityWon: 'stages',
  OpportunityLost: 'stages',
  OpportunityReopened: 'stages',
  OpportunityClosed: 'stages',
  OpportunityArchived: 'stages',
  OpportunityWithdrawn: 'stages',
  OpportunityRestored: 'stages',
  OpportunityTransferred: 'people',
  OpportunityTeamFormed: 'people',
  OpportunityCreditSplit: 'people',
  OpportunityActivityLogged: 'activities',
  OpportunityAmountChanged: 'details',
  OpportunityCloseDateChanged: 'details',
  OpportunityProductChanged: 'details',
  OpportunityForecastJudged: 'details',
  OpportunityDetailsCorrected: 'details',
};

/** The kind an event of a deal belongs to; none where the page does not know the event yet. */
export function kindOf(type: string): EventKind | undefined {
  return Object.entries(KINDS).find(([known]) => known === type)?.[1];
}
