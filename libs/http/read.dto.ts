import { Matches } from 'class-validator';
import { Optional } from './field-rules.ts';

/** How a place in the log is written by any of the stores. */
export const POSITION = /^[0-9A-Za-z:/_-]{1,80}$/;

/** What may come with any read. */
export class ReadDto {
  /** The position a command answered with: the read waits, 5 seconds at most, until it contains that event. */
  @Optional()
  @Matches(POSITION, { message: 'after must be a position as a command answers it' })
  after?: string;
}
