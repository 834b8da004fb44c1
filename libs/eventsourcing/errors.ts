import type { ExpectedRevision } from './event-store.ts';

/** What a message of a refusal speaks of, by name, so that others can say it in their own words. */
export type RefusalParameters = Readonly<Record<string, unknown>>;

/** A rule of the domain refuses the command. `code` is stable and documented; `field` names the input at fault. */
export class RuleViolation extends Error {
  readonly code: string;
  readonly field: string | undefined;
  readonly parameters: RefusalParameters | undefined;
  constructor(code: string, message: string, field?: string, parameters?: RefusalParameters) {
    super(message);
    this.name = 'RuleViolation';
    this.code = code;
    this.field = field;
    this.parameters = parameters;
  }
}

/** What a command concerns does not exist. */
export class NotFound extends Error {
  readonly kind: string;
  readonly id: string;
  constructor(kind: string, id: string) {
    super(`There is no ${kind} ${id}.`);
    this.name = 'NotFound';
    this.kind = kind;
    this.id = id;
  }
}

/** The actor's role may not do this. */
export class Forbidden extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Forbidden';
  }
}

/** The stream is not at the revision the append expected. */
export class ConcurrencyConflict extends Error {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: ExpectedRevision;
  constructor(stream: string, expected: ExpectedRevision, actual: ExpectedRevision) {
    super(`${stream} was expected at ${expected} and is at ${actual}.`);
    this.name = 'ConcurrencyConflict';
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The same idempotency key or event id came before with another content. */
export class CommandReused extends Error {
  readonly commandId: string;
  constructor(commandId: string) {
    super(`The idempotency key of command ${commandId} was used before with another content.`);
    this.name = 'CommandReused';
    this.commandId = commandId;
  }
}

/** An event is larger than the store takes. */
export class EventTooLarge extends Error {
  readonly bytes: number;
  readonly limit: number;
  constructor(type: string, bytes: number, limit: number) {
    super(`An event ${type} of ${bytes} bytes exceeds the limit of ${limit} bytes.`);
    this.name = 'EventTooLarge';
    this.bytes = bytes;
    this.limit = limit;
  }
}

/** Another place holds the lease now; what was to be written was not. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`The lease on ${name} is held elsewhere.`);
    this.name = 'LeaseLost';
  }
}

/** The generation does not serve any more: it was replaced or dropped; what was to be written was not. */
export class GenerationRetired extends Error {
  constructor(generation: string) {
    super(`The generation ${generation} was replaced.`);
    this.name = 'GenerationRetired';
  }
}

/** A generation must catch up with the serving one before it may take its place. */
export class GenerationBehind extends Error {
  constructor(generation: string) {
    super(`The generation ${generation} has not caught up yet.`);
    this.name = 'GenerationBehind';
  }
}

/** The store cannot be reached now; trying again later may work. Nothing is known to have been written. */
export class StoreUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** A batch ends before the checkpoint of its generation, which never goes back; nothing of it was written. */
export class CheckpointBehind extends Error {
  constructor(generation: string, checkpoint: string, batch: string) {
    super(`${generation} is at ${checkpoint} already and takes no batch that ends at ${batch}.`);
    this.name = 'CheckpointBehind';
  }
}

/** A projection has not come as far as a reader asked it to within the time the reader gave it. */
export class ProjectionBehind extends Error {
  readonly projection: string;
  readonly position: string;
  constructor(projection: string, position: string) {
    super(`${projection} has not reached ${position} yet.`);
    this.name = 'ProjectionBehind';
    this.projection = projection;
    this.position = position;
  }
}
