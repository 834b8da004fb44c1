import { readFile } from 'node:fs/promises';
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

describePage(
  'the page of imports, before the first one',
  (company) => {
    test('says what to do where nothing was imported yet', async () => {
      const page = await company.visit({ path });
      await page.getByText('Nothing was imported yet').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  },
  { deals: 5 },
);

describePage('the page of imports', (company) => {
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
    // Nobody overlooks rows that will be refused because their stage means nothing.
    await page.getByText('1 value of the stage column has no meaning yet').waitFor();
    await page.getByText('Nowhere: 1 row').waitFor();
    expect(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: 'Import all the same, and refuse this 1 row' }).check();
    expect((await server.get('/api/v1/opportunities/page-1')).status).toBe(404);

    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.waitForURL(/import=/);
    await finished(page, 'deals.csv');
    await page.getByRole('heading', { name: '2 refusals' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    expect((await download).suggestedFilename()).toMatch(/^2 refusals \d{4}-\d{2}-\d{2}\.csv$/);
    const lines = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Refused lines of deals.csv' }).click();
    expect((await lines).suggestedFilename()).toBe('deals refused.csv');
    expect(await readFile(await (await lines).path(), 'utf8')).toContain(
      'page-2,Saw,Beta,ben,a lot,Bidding,2026-02-03',
    );
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

  test.each([
    ['zh', '撤销', /^导入之后，\S+ 于 .+ 有过“金额变更”。$/],
    ['en', 'Undo', /^“OpportunityAmountChanged” by \S+, .+, came after the import\.$/],
  ] as const)('says in the language of the reader why an undo left a deal: %s', async (language, undo, why) => {
    const { server } = company;
    const id = `left-${language}`;
    const body = `Deal ID,Owner,Stage\n${id},ann,Potential\n`;
    const headers = { 'content-type': 'text/csv' };
    const sent = await server.send('POST', '/api/v1/imports/uploads?name=left.csv', { headers, body });
    const uploads = [sent.body.uploadId];
    const { map } = (await server.post('/api/v1/imports/suggestions', { uploads })).body;
    const { body: started } = await server.post('/api/v1/imports', { uploads, map });
    const deal = `/api/v1/opportunities/${id}`;
    await eventually(async () => (await server.get(deal)).status === 200);
    await eventually(async () => (await server.get(started.status)).body.state === 'finished');
    await server.post(`${deal}/change-amount`, { amount: { minorUnits: 500, currency: 'USD' } });
    const page = await company.visit({ path: `${path}?import=${started.id}`, language });
    await page.getByRole('button', { name: undo }).click();
    await page.getByRole('dialog').getByRole('button', { name: undo }).click();
    await page.getByRole('row').filter({ hasText: id }).getByRole('cell', { name: why }).waitFor();
  });

  test('shows how far a large import is, to somebody else too, and the end of it', async () => {
    const page = await company.visit({ path });
    const rows = Array.from({ length: 4_000 }, (_, row) => `many-${row},Deal ${row},Acme,ann,10,Potential,2026-01-31`);
    await choose(page, 'many.csv', ['Deal ID,Deal,Account,Owner,Worth,Stage,Created', ...rows].join('\n'));
    await page.getByText('4,000 rows, 7 columns').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Deals to open: 4,000').waitFor();
    // However soon it ends, whoever looks sees it run first.
    let isSeen = false;
    await page.route(/\/api\/v1\/imports\/[^/]+$/, async (route) => {
      const response = await route.fetch();
      const json = await response.json();
      await route.fulfill({ response, json: isSeen ? json : { ...json, state: 'running' } });
    });
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('progressbar', { name: 'Import' }).waitFor();
    isSeen = true;
    const other = await company.visit({ path });
    const row = other.getByRole('row').filter({ hasText: 'many.csv' });
    await row.waitFor();
    await finished(page, 'many.csv');
    await page.getByText('No line is refused.').waitFor();
    await row.getByText('Finished').waitFor();
  });

  test('sees in the list the end of an import that still ran after its last event', async () => {
    const page = await company.visit({ path });
    await choose(
      page,
      'short.csv',
      'Deal ID,Deal,Account,Owner,Worth,Stage,Created\nshort-1,Saw,Acme,ann,1,Bidding,2026-02-03',
    );
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Deals to open: 1,').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await finished(page, 'short.csv');
    const other = await company.visit({ path: '/board' });
    await other.getByText('Live', { exact: true }).waitFor();
    let answers = 0;
    await other.route(/\/api\/v1\/imports(\?|$)/, async (route) => {
      const response = await route.fetch();
      const { imports } = await response.json();
      answers += 1;
      const state = answers === 1 ? { state: 'running' } : {};
      await route.fulfill({ response, json: { imports: imports.map((each: object) => ({ ...each, ...state })) } });
    });
    await other.getByRole('link', { name: 'Import', exact: true }).click();
    await other.getByRole('row').filter({ hasText: 'short.csv' }).getByText('Finished').waitFor();
    expect(answers).toBeGreaterThan(1);
  });

  test('brings the same view back by its address, and says where a file is gone', async () => {
    const page = await company.visit({ path });
    await choose(page, 'kept.csv');
    await page.getByLabel('Title', { exact: true }).selectOption('Account');
    await page.getByLabel('Owner where a row has none').fill('zoe');
    await page.getByLabel('Stage of Nowhere').selectOption('negotiation');
    await page.getByText('has no meaning yet').waitFor({ state: 'detached' });
    await page.waitForURL(/negotiation/);
    const other = await company.visit({ path: page.url().slice(company.server.url.length) });
    await other.getByText('kept.csv', { exact: true }).waitFor();
    await other.getByText('5 rows, 7 columns').waitFor();
    expect(await other.getByLabel('Title', { exact: true }).inputValue()).toBe('Account');
    expect(await other.getByLabel('Owner where a row has none').inputValue()).toBe('zoe');
    expect(await other.getByLabel('Stage of Nowhere').inputValue()).toBe('negotiation');

    const gone = await company.visit({ path: `${path}?uploads=2f0c5e4e-5f0a-4b0e-9d52-7f3a1f0f9f10` });
    await gone.getByRole('alert').getByText('A file of this import is no more on the server').waitFor();
    await gone.getByRole('button', { name: 'Begin anew' }).click();
    await gone.getByText('Drop CSV files here').waitFor();
  });

  test('reads again how dates, amounts and stages are written where other columns are chosen', async () => {
    const page = await company.visit({ path });
    await choose(
      page,
      'german.csv',
      'Nr;Wer;Wann;Wert;Lage\ng-1;ann;31/12/2025;1.234,50;Bidding\ng-2;ben;03/02/2026;9,00;Weg\n',
    );
    await page.getByLabel('Owner', { exact: true }).selectOption('Wer');
    // Whoever is faster than the server loses nothing of what it says.
    const chosen = Promise.withResolvers<void>();
    await page.route('**/api/v1/imports/suggestions', async (route) => {
      await chosen.promise;
      await route.continue();
    });
    await page.getByLabel('Amount', { exact: true }).selectOption('Wert');
    await page.getByLabel('Opened on').selectOption('Wann');
    await page.getByLabel('Stage (required)').selectOption('Lage');
    chosen.resolve();
    await page.getByText('Weg: 1 row').waitFor();
    await page.getByRole('button', { name: 'Preview' }).click({ trial: true });
    expect(await page.getByLabel('Stage of Bidding').inputValue()).toBe('bidding');
    expect(await page.getByLabel('Form of the dates').inputValue()).toBe('dd/MM/yyyy');
    expect(await page.getByLabel('Form of the amounts').inputValue()).toBe(',');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('US$1,234.50').waitFor();
  });

  test('lets the map of a known export be changed', async () => {
    const page = await company.visit({ path });
    const files = {
      'accounts.csv': 'account,sector,office_location\nAcme,technolgy,Kenya\n',
      'products.csv': 'product,series,sales_price\nGTX Pro,GTX,4821\n',
      'sales_pipeline.csv':
        'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n' +
        'k-1,Ann,GTXPro,Acme,Engaging,2026-01-05,,\nk-2,Ann,GTXPro,Acme,Parked,2026-01-06,,\n',
      'sales_teams.csv': 'sales_agent,manager,regional_office\nAnn,Meg,East\n',
    };
    await page
      .getByLabel('Choose CSV files')
      .setInputFiles(
        Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })),
      );
    await page.getByText('recognised as the export “crm-sales”').waitFor();
    // What has no meaning opens the map by itself.
    await page.getByText('Parked: 1 row').waitFor();
    await page.getByLabel('Stage of Parked').selectOption('prospecting');
    await page.getByLabel('Team', { exact: true }).selectOption('regional_office');
    await page.getByLabel('Region', { exact: true }).selectOption('office');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Deals to open: 2').waitFor();

    await page.getByLabel('Pipeline the deals go through').selectOption('default');
    await page.getByText('Engaging: 1 row').waitFor();
    await page.getByLabel('Pipeline the deals go through').selectOption('crm-sales');
    await page.getByText('Engaging: 1 row').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Stage of Engaging').inputValue()).toBe('engaging');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('takes a file that is dropped', async () => {
    const page = await company.visit({ path });
    const dataTransfer = await page.evaluateHandle(`(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([${JSON.stringify(CSV)}], 'dropped.csv', { type: 'text/csv' }));
      return dropped;
    })()`);
    await page.getByText('Drop CSV files here').dispatchEvent('drop', { dataTransfer });
    await page.getByText('dropped.csv', { exact: true }).waitFor();
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
    const why =
      language === 'zh' ? '映射中没有说明阶段“Nowhere”的含义。' : 'the map does not say what stage "Nowhere" is';
    await page.getByText(why, { exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});

function choose(page: Page, name: string, text = CSV): Promise<void> {
  return page
    .getByLabel(/Choose CSV files|选择 CSV 文件/)
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

/** In the view of the import itself; the list, drawn until then, may tell of others. */
function finished(page: Page, file: string): Promise<void> {
  return page.getByRole('region', { name: file }).getByText('Finished', { exact: true }).waitFor();
}
