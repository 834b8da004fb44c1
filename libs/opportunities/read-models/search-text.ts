/** A text as it is searched by and for: case, width and composition of its characters make no difference. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The words of what somebody searches for; all of them are to be found. */
export function searchWords(text: string): readonly string[] {
  return folded(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** What a deal is found by. */
export interface Searched {
  readonly id: string;
  readonly title: string;
  readonly customerId: string | null;
  readonly customerName: string | null;
}

/** All of what a deal is found by, folded: a line each, so that no word spans two of them. */
export function searchTextOf({ title, customerName, id, customerId }: Searched): string {
  return folded([title, customerName, id, customerId].filter((text) => text !== null).join('\n'));
}

/** Whether two states of a deal may have different texts to be found by. */
export function isFoundOtherwise(left: Searched, right: Searched): boolean {
  return (['id', 'title', 'customerId', 'customerName'] as const).some((field) => left[field] !== right[field]);
}
