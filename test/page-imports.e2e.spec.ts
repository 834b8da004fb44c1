import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

const path = '/imports';

/** Five deals: one names an amount that is none, one a stage that the pipeline does not have. */
const CSV = [
  'Deal ID,Deal,Account,Owner,Worth,Stage,Created',
  'page-1,Press line,Acme,ann,1000.50,Potential,2026-01-31',
  'page-2,Saw,Beta,ben,a lot,Bidding,2026-02-03',
  'page-3,Mill,Gamma,ben,5,Nowhere,2026-02-03',
  'page-4,Lathe,Delta,ann,99.99,Bidding,2026-03-03',
  'page-5,Drill,Acme,cho,20,Potential,2026-03-04',
].join('\n');

describePage('the page of imports', (company) => {
  test('says what to do where nothing was imported yet', async () => {
    const page = await company.visit({ path });
    await page.getByText('Nothing was imported yet').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('brings in a file: suggests and mends its map, previews, imports, lists what it refused, and takes it back', async () => {
    const { server } = company;
    const page = await company.visit({ path });
    await choose(page, 'deals.csv');
    await page.getByText('5 rows, 7 columns').waitFor();
    expect(await page.getByLabel('Deal id (required)').inputValue()).toBe('Deal ID');
    expect(await page.getByLabel('Stage of Potential').inputValue()).toBe('potential');

    await page.getByLabel('Title', { exact: true }).selectOption('Deal');
    await page.getByLabel('Amount', { exact: true }).selectOption('Worth');
    expect(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Deals to open: 3, to change: 0, left as they are: 0. Refusals: 2.').waitFor();
    const first = page.getByRole('row').filter({ hasText: 'Press line' });
    await first.getByText('US$1,000.50').waitFor();
    await page.getByText('"a lot" is not a decimal number of USD').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect((await server.get('/api/v1/opportunities/page-1')).status).toBe(404);

    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.waitForURL(/import=/);
    await page.getByText('Finished', { exact: true }).waitFor();
    await page.getByRole('heading', { name: '2 refusals' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    expect((await download).suggestedFilename()).toBe('2 refusals.csv');
    expect(await accessibilityFaults(page)).toEqual([]);
    await eventually(async () => {
      expect((await server.get('/api/v1/opportunities/page-1')).body).toMatchObject({ title: 'Press line' });
    });

    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('dialog').getByLabel('Reason (optional)').fill('wrong file');
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone: 3 deals withdrawn, 0 restored, 0 left as they are.').waitFor();
    const { body } = await server.get('/api/v1/audit/events?source=page&type=ImportUndone');
    expect(body.events).toMatchObject([{ source: 'page' }]);
    await page.getByRole('link', { name: 'New import and all imports' }).click();
    await page.getByRole('row').filter({ hasText: 'deals.csv' }).getByText('Undone').waitFor();
  });

  test('shows how far a large import is, to somebody else too, and the end of it', async () => {
    const page = await company.visit({ path });
    const rows = Array.from({ length: 4_000 }, (_, row) => `many-${row},Deal ${row},Acme,ann,10,Potential,2026-01-31`);
    await choose(page, 'many.csv', ['Deal ID,Deal,Account,Owner,Worth,Stage,Created', ...rows].join('\n'));
    await page.getByText('4,000 rows, 7 columns').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Deals to open: 4,000').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('progressbar', { name: 'Import' }).waitFor();
    const other = await company.visit({ path });
    const row = other.getByRole('row').filter({ hasText: 'many.csv' });
    await row.waitFor();
    await page.getByText('Finished', { exact: true }).waitFor();
    await page.getByText('No line is refused.').waitFor();
    await row.getByText('Finished').waitFor();
  });

  test('takes a file that is dropped', async () => {
    const page = await company.visit({ path });
    const dataTransfer = await page.evaluateHandle(`(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([${JSON.stringify(CSV)}], 'dropped.csv', { type: 'text/csv' }));
      return dropped;
    })()`);
    await page.getByText('Drop CSV files here').dispatchEvent('drop', { dataTransfer });
    await page.getByText('dropped.csv').waitFor();
    await page.getByText('5 rows, 7 columns').waitFor();
    await page.getByRole('button', { name: 'Remove dropped.csv' }).click();
    await page.getByText('5 rows, 7 columns').waitFor({ state: 'detached' });
  });

  test('says why a file is not taken', async () => {
    const page = await company.visit({ path });
    await choose(page, 'empty.csv', '');
    await page.getByRole('alert').waitFor();
  });

  test.each([
    ['light', 'zh', 390],
    ['dark', 'en', 1024],
    ['dark', 'zh', 390],
  ] as const)('is whole and accessible in %s, %s, at %d px', async (theme, language, width) => {
    const page = await company.visit({ path, theme, language, width });
    await page.getByRole('heading', { level: 1, name: language === 'zh' ? '导入' : 'Import' }).waitFor();
    await choose(page, 'look.csv');
    await page.getByRole('button', { name: language === 'zh' ? '预览' : 'Preview' }).click();
    await page.getByText(language === 'zh' ? '将新建 ' : 'Deals to open').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});

function choose(page: Page, name: string, text = CSV): Promise<void> {
  return page
    .getByLabel(/Choose CSV files|选择 CSV 文件/)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}
