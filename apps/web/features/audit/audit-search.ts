import { choiceParameter, given, momentParameter, textParameter } from '../../api/search-params.ts';

export const AUDIT_SECTIONS = ['events', 'verify', 'replay', 'difference'] as const;
export type AuditSection = (typeof AUDIT_SECTIONS)[number];

export const JOB_KINDS = ['verification', 'replay', 'comparison'] as const;
/** Where the jobs of each kind are shown. */
export const SECTION_OF = { verification: 'verify', replay: 'replay', comparison: 'difference' } as const;

/** What streams are about. */
export const KINDS = ['opportunity', 'pipeline', 'import'] as const;
export const SOURCES = ['page', 'api', 'import', 'cli', 'kafka', 'automation', 'sample'] as const;
export const ORDERS = ['newest', 'oldest'] as const;

/** Which events the address asks for. Days are whole, in UTC, times too; both ends are included. */
export interface EventFilter {
  readonly kind?: (typeof KINDS)[number];
  readonly stream?: string;
  readonly type?: string;
  readonly actor?: string;
  readonly source?: (typeof SOURCES)[number];
  readonly correlationId?: string;
  readonly occurredFrom?: string;
  readonly occurredTo?: string;
  readonly recordedFrom?: string;
  readonly recordedTo?: string;
  readonly order?: (typeof ORDERS)[number];
}

/** What the address says about the audit: its section, which events, the one that is open, and the jobs that are shown. */
export interface AuditSearch extends EventFilter {
  readonly section?: AuditSection;
  /** Position of the event that is open. */
  readonly position?: string;
  /** Id of the verification, replay or comparison that is shown. */
  readonly job?: string;
}

export function auditSearch(search: Readonly<Record<string, unknown>>): AuditSearch {
  return given({
    section: choiceParameter(search['section'], AUDIT_SECTIONS),
    kind: choiceParameter(search['kind'], KINDS),
    stream: textParameter(search['stream']),
    type: textParameter(search['type']),
    actor: textParameter(search['actor']),
    source: choiceParameter(search['source'], SOURCES),
    correlationId: textParameter(search['correlationId']),
    occurredFrom: momentParameter(search['occurredFrom']),
    occurredTo: momentParameter(search['occurredTo']),
    recordedFrom: momentParameter(search['recordedFrom']),
    recordedTo: momentParameter(search['recordedTo']),
    order: choiceParameter(search['order'], ORDERS),
    position: textParameter(search['position']),
    job: textParameter(search['job']),
  });
}
