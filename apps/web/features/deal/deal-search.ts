import { choiceParameter, given, momentParameter } from '../../api/search-params.ts';
import { EVENT_KINDS, type EventKind } from './event-kinds.ts';

/** What the address says about a deal: the past moment it is shown at, none for now, and which events are listed. */
export interface DealSearch {
  readonly asOf?: string;
  readonly events?: EventKind;
}

export function dealSearch(search: Readonly<Record<string, unknown>>): DealSearch {
  return given({ asOf: momentParameter(search['asOf']), events: choiceParameter(search['events'], EVENT_KINDS) });
}
