import { ApiProperty } from '@nestjs/swagger';
import type { FieldChange } from '../eventsourcing/field-changes.ts';

const anyValue = {
  required: false,
  oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: {} }],
  nullable: true,
};

/** One field that differs; absent sides were or are not known. */
export class FieldChangeDto implements FieldChange {
  /** A path with dots. */
  field!: string;
  @ApiProperty(anyValue)
  from?: unknown;
  @ApiProperty(anyValue)
  to?: unknown;
}
