import { fieldsOf } from '../libs/eventsourcing/read-model-fields.ts';
import { collectionsOf, type Collection, type Projection } from '../libs/eventsourcing/projections/projection.ts';
import { markdownTable, propertiesOf, typeText } from './docs-schema.ts';

/** The read-model catalogue as a page: every collection with its columns and indexes. */
export function readModelCataloguePage(projections: readonly Projection[]): string {
  const sections = projections.flatMap((projection) =>
    collectionsOf(projection).map((collection) => sectionOf(projection, collection)),
  );
  return `# Read models

Generated from the schemas by \`npm run docs\`; do not edit. What the columns mean, how to join them and examples are in
[read models](../read-models.md).

A property of one value is a column of its own in SQLite; _JSON_ marks those that are not. MongoDB keeps all of them as
they are. Indexes end in \`id\`.

${sections.join('\n\n')}
`;
}

function sectionOf({ name, version, owner, handles }: Projection, collection: Collection): string {
  const columns = fieldsOf(collection);
  const rows = propertiesOf(collection.schema).map((property) => {
    const nested = /[.[]/.test(property.path);
    const kind = nested ? '' : (columns.get(property.path)?.kind ?? 'JSON');
    const value = typeText(property.type);
    return [`\`${property.path}\``, kind, property.required ? value : `${value}, optional`];
  });
  const indexes = collection.indexes.map((fields) => `- ${fields.map((field) => `\`${field}\``).join(', ')}`);
  return [
    `## ${collection.name}`,
    collection.description,
    `Kept by the projection \`${name}\`, version ${version}, of the module \`${owner}\`, from ${handles.length} types of events.`,
    markdownTable(['Column', 'Kind', 'Value'], rows),
    indexes.length === 0 ? 'No index beside that on `id`.' : `Indexes:\n\n${indexes.join('\n')}`,
  ].join('\n\n');
}
