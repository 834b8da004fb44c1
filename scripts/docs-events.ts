import type { EventCatalogue } from '../libs/eventsourcing/catalogue.ts';
import { markdownTable, propertiesOf, typeText } from './docs-schema.ts';

/** The event catalogue as a page: every type with its version, what it says and its data. */
export function eventCataloguePage(catalogue: EventCatalogue): string {
  const sections = [...catalogue.definitions()].map(([name, { version, description, data }]) => {
    const properties = propertiesOf(data);
    const rows = properties.map((one) => [`\`${one.path}\``, typeText(one.type), one.required ? 'yes' : '']);
    const fields = rows.length === 0 ? 'No data.' : markdownTable(['Field', 'Type', 'Always there'], rows);
    return `## ${name}\n\nStored as \`${name}.v${version}\`. ${description}\n\n${fields}`;
  });
  return `# Events

Generated from the schemas by \`npm run docs\`; do not edit. What every event carries beside its data is told in
[architecture](../architecture.md#events).

Words for types: a _timestamp_ is UTC in ISO 8601 with milliseconds, a _day_ is \`2026-01-31\`; an _identifier_ is 1 to 100
letters, digits or \`. _ ~ -\`, a letter or digit first; _money_ is \`{ minorUnits, currency }\` with a whole number of minor
units; 10,000 _basis points_ are the whole.

${sections.join('\n\n')}
`;
}
