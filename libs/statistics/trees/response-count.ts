/** People asked, and how many of them responded. */
export interface ResponseCount {
  readonly rows: number;
  readonly responses: number;
  /** Responses per row, from 0 to 1; null of no rows. */
  readonly rate: number | null;
}

/** Counts responses among rows. */
export function countResponses(responded: Iterable<boolean>): ResponseCount {
  let [rows, responses] = [0, 0];
  for (const yes of responded) {
    rows += 1;
    if (yes) responses += 1;
  }
  return { rows, responses, rate: rows === 0 ? null : responses / rows };
}
