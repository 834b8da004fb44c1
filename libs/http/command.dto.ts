import { IsInstant, IsText, Optional } from './field-rules.ts';

/** What may come with any command. */
export class CommandDto {
  /** Why, in the actor's words. */
  @Optional()
  @IsText(2_000)
  reason?: string;

  /** When it became true; now where left out. At most 5 minutes ahead of the server's clock. */
  @Optional()
  @IsInstant()
  occurredAt?: string;
}

/** What a command did. */
export class CommandAnswerDto {
  /** Of the thing the command concerned. */
  id!: string;
  /** How many events the thing has, less one: the version an `If-Match` names. */
  revision!: number;
  /** Of the command's last event. A read with `after=<position>` contains it. */
  position!: string;
  /** Whether the same idempotency key came before and this is its first result. */
  repeated!: boolean;
  /** The types of the events that were recorded, in order. */
  events!: string[];
}
