import { globSync, readFileSync } from 'node:fs';
import { ruleNames } from '../../apps/server/validation.ts';
import { OpportunityStatus } from '../../libs/opportunities/read-models/opportunity.document.ts';

const sources = globSync([
  'libs/{opportunities,pipelines,http,importing,audit}/**/*.ts',
  'libs/eventsourcing/command-handler.ts',
  'apps/server/*.ts',
])
  .filter((path) => !path.endsWith('.spec.ts'))
  .map((path) => readFileSync(path, 'utf8'));

/** What is captured by a pattern in the source, once each and sorted. */
function captured(pattern: RegExp): readonly string[] {
  return [...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, code]) => code!)))].toSorted();
}

/** The code of every rule of the domain. */
export function domainRules(): readonly string[] {
  const statuses = OpportunityStatus.anyOf.map(({ const: status }) => `opportunity_is_${status}`);
  return [...captured(/new RuleViolation\(\s*'(\w+)'/g), ...statuses].toSorted();
}

/** Every rule for which an import refuses a line or its undoing leaves a deal, beside those of the domain. */
export function importRules(): readonly string[] {
  return captured(/\bbrokenRule\(\s*'(\w+)'/g);
}

/** Every rule that fields are refused by. */
export function fieldRules(): readonly string[] {
  return [
    ...new Set([
      ...captured(/\binvalid\([^;]*?,\s*'(\w+)'/g),
      ...captured(/\brule: '(\w+)'/g),
      ...captured(/\bruled\(\s*'(\w+)'/g),
      ...Object.values(ruleNames),
    ]),
  ].toSorted();
}
