/** A cell of a table as a spreadsheet reads it. */
export type CsvCell = string | number | null | undefined;

/**
 * Saves rows as a CSV file (RFC 4180) that spreadsheets open as UTF-8 and in which no cell is run as a formula. Its name
 * says of which day it is, in UTC.
 */
export async function downloadCsv(name: string, rows: readonly (readonly CsvCell[])[]): Promise<void> {
  const { stringify } = await import('csv-stringify/browser/esm/sync');
  const text = stringify(
    rows.map((row) => [...row]),
    { bom: true, escape_formulas: true, record_delimiter: 'windows' },
  );
  save(`${name} ${new Date().toISOString().slice(0, 10)}.csv`, 'text/csv;charset=utf-8', text);
}

/** Saves a value as a JSON file. */
export function downloadJson(name: string, value: unknown): void {
  save(`${name}.json`, 'application/json', JSON.stringify(value, null, 2));
}

/** Saves what the server sent as a file. */
export function downloadBlob(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function save(name: string, type: string, text: string): void {
  downloadBlob(name, new Blob([text], { type }));
}
