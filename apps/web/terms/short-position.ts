/** A position in the log as people read it: without the zeros in front that make the API's text sort. */
export function shortPosition(position: string): string {
  return /^\d+$/.test(position) ? position.replace(/^0+(?=\d)/, '') : position;
}
