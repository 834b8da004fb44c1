import { print } from './answer.ts';

const AT_ONCE = 1_000;

/** Writes a document with customers one a line, in pieces: millions of them make no single text. */
export async function printDocument(document: object, customers: Iterable<object>): Promise<void> {
  await print(JSON.stringify(document, null, 2).slice(0, -2));
  let written = 0;
  let piece = '';
  for (const customer of customers) {
    piece += `${written++ === 0 ? ',\n  "customers": [\n' : ',\n'}    ${JSON.stringify(customer)}`;
    if (written % AT_ONCE > 0) continue;
    await print(piece);
    piece = '';
  }
  await print(`${piece}${written === 0 ? '' : '\n  ]'}\n}\n`);
}
