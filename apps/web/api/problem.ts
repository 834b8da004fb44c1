import type { components } from './schema.d.ts';

type ProblemDocument = components['schemas']['ProblemDto'];

/** What the server refused, or that it could not be reached (`code` is `unreachable`, status 0). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly document: Partial<ProblemDocument>;

  constructor(status: number, document: Partial<ProblemDocument>) {
    super(document.detail ?? document.title ?? `The server answered ${status}.`);
    this.name = 'Problem';
    this.status = status;
    this.code = document.code ?? (status === 0 ? 'unreachable' : 'unknown');
    this.document = document;
  }

  /** Somebody else changed the thing since it was read. */
  get isConflict(): boolean {
    return this.status === 409 || this.status === 412;
  }
}

/** The problem behind whatever was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  // `fetch` throws a TypeError where there is no connection.
  if (error instanceof TypeError) return new Problem(0, { detail: error.message });
  return new Problem(0, { code: 'unexpected', detail: error instanceof Error ? error.message : String(error) });
}
