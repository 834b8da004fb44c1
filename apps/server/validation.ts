import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { RefusalParameters } from '../../libs/eventsourcing/errors.ts';
import { given } from '../../libs/http/given.ts';
import { InvalidInput, type FieldError } from '../../libs/http/invalid-input.ts';

/** Turns bodies and queries into instances of their DTO and refuses what breaks its rules, unknown fields too. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new InvalidInput(fieldErrors(errors)),
  });
}

/** One entry for each rule a field breaks, nested fields by their path. */
export function fieldErrors(errors: readonly ValidationError[], path = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = path + (error.property ?? '');
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      rule: ruleNames[rule] ?? rule,
      message: rule === 'whitelistValidation' ? `${field} is not a field of this request.` : message,
      ...given({ parameters: error.contexts?.[rule] as RefusalParameters | undefined }),
    }));
    return [...own, ...fieldErrors(error.children ?? [], `${field}.`)];
  });
}

/** The rules whose names in the library say nothing to a client. */
export const ruleNames: Readonly<Record<string, string>> = {
  whitelistValidation: 'unknown_field',
  isObject: 'object',
  nestedValidation: 'object',
  isArray: 'array',
  isIn: 'one_of',
  matches: 'pattern',
  arrayMinSize: 'size',
  arrayMaxSize: 'size',
  arrayUnique: 'unique',
  isBoolean: 'boolean',
  unknownValue: 'object',
};
