/** How much is measured, and where its files lie meanwhile. */
export interface Settings {
  /** A directory for files of this benchmark alone, removed at its end. */
  readonly scratch: string;
  /** The built server; a copy, so that a build meanwhile does not matter. */
  readonly server: string;
  readonly runs: number;
  /** 1; less for a quick look whose figures mean little. */
  readonly share: number;
}
