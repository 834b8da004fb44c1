import type { Page } from 'playwright-core';

/** The lines of a table as texts by heading; of a figure without what it is compared with. */
export async function linesOf(page: Page, table: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const found = page.getByRole('region', { name: table, exact: true }).last().getByRole('table');
  await found.waitFor();
  return found.evaluate((element) => {
    const headings = [...element.querySelectorAll('thead th')].map(({ textContent }) => textContent ?? '');
    return [...element.querySelectorAll('tbody tr')].map((line) =>
      Object.fromEntries(
        [...line.querySelectorAll('td')].map((cell, index) => [headings[index], cell.firstChild?.textContent ?? '']),
      ),
    );
  });
}

/** The number that a text shows; money in minor units of a currency with two digits. */
export function numberIn(text: string | undefined, kind: 'count' | 'money' = 'count'): number {
  const number = Number((text ?? '').replaceAll(/[^\d.-]/g, ''));
  return kind === 'money' ? Math.round(number * 100) : number;
}
