import type { PipeTransform } from '@nestjs/common';
import { isIdentifier } from './field-rules.ts';
import { invalid } from './invalid-input.ts';

/** Refuses an id in a path that nothing can have. */
export const identifierPipe: PipeTransform<string, string> = {
  transform(value, { data }) {
    if (isIdentifier(value)) return value;
    const message = 'An id is 1 to 100 letters, digits or . _ ~ -, a letter or digit first.';
    throw invalid(data ?? 'id', 'identifier', message);
  },
};
