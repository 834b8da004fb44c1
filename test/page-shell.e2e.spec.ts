import { expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { accessibilityFaults, describePage, pressInTurn } from './testing/page.ts';

describePage('the shell of the page', (company) => {
  test('leads from the bare address to the board, connected', async () => {
    const page = await company.visit();
    await page.waitForURL('**/board');
    await page.getByText('Live', { exact: true }).waitFor();
  });

  test('goes from the board to every page by two keys, of which none alone does anything', async () => {
    const page = await company.visit({ path: '/board' });
    await page.locator('[data-deal]').first().waitFor();
    for (const [key, path, name] of [
      ['f', 'funnel', 'Funnel'],
      ['c', 'forecast', 'Forecast'],
      ['w', 'win-loss', 'Win/loss'],
      ['a', 'audit', 'Audit'],
      ['i', 'imports', 'Import'],
      ['o', 'operations', 'Operations'],
      ['d', 'deals', 'Deals'],
      ['b', 'board', 'Board'],
    ] as const) {
      await pressInTurn(page, 'g', key);
      await page.waitForURL(new RegExp(`/${path}(\\?|$)`));
      await page.getByRole('heading', { level: 1, name }).and(page.locator(':focus')).waitFor();
      await eventually(async () => expect(await page.title()).toBe(`${name} · Dealtrail`));
    }
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('lets a keyboard skip the navigation', async () => {
    const page = await company.visit({ path: '/deals' });
    await page.getByRole('table', { name: 'Deals' }).waitFor();
    await page.keyboard.press('Tab');
    await page.locator(':focus', { hasText: 'Skip to the content' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('main:focus').waitFor();
    expect(new URL(page.url()).pathname).toBe('/deals');
  });

  test('finds deals and customers by English and Chinese text and goes there', async () => {
    const { body } = await company.server.post('/api/v1/opportunities', {
      title: '压铸机更新项目',
      owner: 'Li Wei',
      customer: { id: 'xinghe-machinery', name: '星河机械有限公司' },
    });
    const { body: english } = await company.server.post('/api/v1/opportunities', {
      title: 'Conveyor for Brightwater',
      owner: 'Hao Chen',
      customer: { id: 'brightwater-mills', name: 'Brightwater Mills' },
    });
    await company.server.get(`/api/v1/opportunities?after=${english.position}`);
    const page = await company.visit({ path: '/funnel' });
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const find = async (text: string, option: string | RegExp): Promise<void> => {
      await page.keyboard.press('ControlOrMeta+k');
      const palette = page.getByRole('dialog', { name: 'Search or jump to…' });
      await palette.getByRole('combobox').fill(text);
      const found = palette.getByRole('option', { name: option });
      await found.waitFor();
      // The first is chosen once the answer is there; the one wanted may stand below it.
      await eventually(async () => {
        if ((await found.getAttribute('aria-selected')) === 'true') return;
        await page.keyboard.press('ArrowDown');
        throw new Error('It is not chosen yet.');
      });
      await page.keyboard.press('Enter');
      await palette.waitFor({ state: 'detached' });
    };
    await find('conveyor', /^Conveyor for Brightwater/);
    await page.waitForURL(`**/deals/${english.id}`);
    await page.getByRole('heading', { level: 1, name: /Conveyor for Brightwater/ }).waitFor();
    await find('压铸', /^压铸机更新项目/);
    await page.waitForURL(`**/deals/${body.id}`);
    await find('星河', /^星河机械有限公司/);
    await page.waitForURL('**/deals?customerId=xinghe-machinery');
    await page.getByRole('table', { name: 'Deals' }).getByRole('link', { name: '压铸机更新项目' }).waitFor();
    await find('brightwater', /^Brightwater Mills/);
    await page.waitForURL('**/deals?customerId=brightwater-mills');
    await find('forecast', /^Forecast/);
    await page.waitForURL('**/forecast');
    await find('hao', 'Hao Chen');
    await page.waitForURL((url) => url.pathname === '/deals' && url.searchParams.get('owner') === '["Hao Chen"]');
  });

  test('finds customers in the pipeline that has their deals', async () => {
    const lasting = { successRate: 5_000, expectedDuration: { count: 1, unit: 'months' } };
    const made = await company.server.post('/api/v1/pipelines', {
      id: 'partners',
      name: 'Partners whose name is so long that hardly any list of choices has room for it',
      stages: ['signed', 'paid'].map((id) => ({ id, name: id, requires: [], ...lasting })),
    });
    expect(made.status).toBe(201);
    const { body } = await company.server.post('/api/v1/opportunities', {
      title: 'A partner for the north',
      owner: 'Hao Chen',
      pipelineId: 'partners',
      customer: { id: 'nordwind', name: 'Nordwind Handel' },
    });
    await company.server.get(`/api/v1/opportunities?pipeline=partners&after=${body.position}`);
    const page = await company.visit({ path: '/board', width: 390 });
    await page.locator('[data-deal]').first().waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').getByRole('combobox').fill('nordwind');
    await page.getByRole('option', { name: 'Nordwind Handel', exact: true }).click();
    await page.getByRole('button', { name: 'Remove filter Customer: Nordwind Handel' }).waitFor();
    await page.getByRole('table', { name: 'Deals' }).getByRole('link', { name: 'A partner for the north' }).waitFor();
    expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
  });

  test('does by the palette what is called as was typed, whatever is found meanwhile', async () => {
    const { body } = await company.server.post('/api/v1/opportunities', { title: 'Board for the board', owner: 'Ann' });
    await company.server.get(`/api/v1/search?q=board&after=${body.position}`);
    const page = await company.visit({ path: '/operations' });
    await page.getByRole('table').first().waitFor();
    const palette = page.getByRole('dialog', { name: 'Search or jump to…' });
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').getByRole('combobox').fill('board');
    await palette.getByRole('option', { name: /^Board for the board/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/board');
    await page.goto(`${company.server.url}/operations`);
    await page.getByRole('table').first().waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').getByRole('combobox').fill('new deal');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New deal' }).waitFor();
    // Behind it, keys do nothing, wherever the focus is.
    await page.evaluate('document.activeElement.blur()');
    await pressInTurn(page, 'g', 'o');
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog', { name: 'New deal' }).waitFor();
    expect(await palette.count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'New deal' }).waitFor({ state: 'detached' });
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').getByRole('combobox').fill('chinese');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '看板' }).waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('keeps the chosen theme, drawn from the first moment on', async () => {
    const page = await company.visit({ path: '/operations', theme: 'light' });
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.locator('html[data-theme=dark]').waitFor();
    // As long as the page's own code has not come, only what stands in the document itself can have chosen.
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.reload({ waitUntil: 'domcontentloaded' });
    expect(await page.locator('#root').innerHTML()).toBe('');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.unrouteAll();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Operations' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });

  test('keeps the chosen language, also of figures and days', async () => {
    const page = await company.visit({ path: '/deals?sort=-openedAt' });
    await page.getByRole('table', { name: 'Deals' }).waitFor();
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    await page.getByRole('link', { name: '看板' }).first().waitFor();
    await page.reload();
    await page
      .getByRole('table', { name: '商机' })
      .getByText(/\d{4}年\d{1,2}月\d{1,2}日/)
      .first()
      .waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  });

  test('writes English as the region of its reader does', async () => {
    const page = await company.visit({ path: '/deals?sort=-openedAt', locale: 'en-US' });
    const table = page.getByRole('table', { name: 'Deals' });
    await table
      .getByText(/^[A-Z][a-z]{2} \d{1,2}, \d{4}$/)
      .first()
      .waitFor();
    await table
      .getByText(/^\$[\d,.]+$/)
      .first()
      .waitFor();
  });

  test('says every key on a sheet, and gives the focus back', async () => {
    const page = await company.visit({ path: '/operations' });
    await page.getByRole('heading', { level: 1, name: 'Operations' }).waitFor();
    const button = page.getByRole('button', { name: 'Keyboard shortcuts' });
    await button.focus();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const meaning of ['Go to Board', 'Go to Operations', 'Filter', 'This sheet']) {
      await sheet.getByText(meaning, { exact: true }).waitFor();
    }
    await page.keyboard.press('Escape');
    await page.locator(':focus').and(button).waitFor();
  });

  test('says while there is no connection that nothing can be changed, refuses so, and comes back with what was missed', async () => {
    const { body } = await company.server.post('/api/v1/opportunities', { title: 'Cut off', owner: 'Li Wei' });
    await company.server.get(`/api/v1/board?after=${body.position}`);
    const page = await company.visit({ path: '/board?q=cut%20off' });
    const card = page.locator(`[data-deal="${body.id}"]`);
    await card.waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const place = await card.boundingBox();
    const dialog = page.getByRole('dialog', { name: 'Suspend “Cut off”' });
    const open = async (): Promise<void> => {
      await card.getByRole('button', { name: 'Actions for Cut off' }).click();
      await page.getByRole('menuitem', { name: 'Suspend' }).click();
      await dialog.waitFor();
    };
    // So that its code is there.
    await open();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.context().setOffline(true);
    await page
      .getByRole('alert')
      .getByText(/No connection to the server/)
      .waitFor();
    await page.getByText('Offline', { exact: true }).waitFor();
    expect(await card.boundingBox()).toEqual(place);
    expect(await accessibilityFaults(page)).toEqual([]);
    await open();
    await dialog.getByLabel('Reason').fill('No budget');
    await dialog.getByRole('button', { name: 'Suspend', exact: true }).click();
    await dialog.getByText('The server cannot be reached. Try again once the connection is back.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await company.server.post(`/api/v1/opportunities/${body.id}/move`, { toStage: 'bidding' });
    await page.context().setOffline(false);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Bidding', exact: true }).locator(`[data-deal="${body.id}"]`).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('shows a colleague the same view by its address, with every filter', async () => {
    const { body: list } = await company.server.get('/api/v1/opportunities?status=open&limit=1&sort=-amount');
    const [{ owner, region, channel, product, currency, title }] = list.opportunities;
    const filters = new URLSearchParams([
      ['owner', JSON.stringify([owner, 'Nobody At All'])],
      ['region', JSON.stringify([region])],
      ['channel', JSON.stringify([channel])],
      ['product', JSON.stringify([product])],
      ['amountFrom', '100'],
      ['amountTo', '99999999999'],
      ['currency', currency],
      ['expectedCloseFrom', '2000-01-01'],
      ['expectedCloseTo', '2099-12-31'],
      ['q', title],
    ]);
    const page = await company.visit({ path: `/board?${String(filters)}` });
    await page.locator('[data-deal]').first().waitFor();
    const chips = page.getByRole('button', { name: /^Remove filter/ });
    const seen = async (where: typeof page) => ({
      deals: await where.locator('[data-deal]').evaluateAll((cards) => cards.map((card) => card.textContent)),
      chips: await where
        .getByRole('button', { name: /^Remove filter/ })
        .evaluateAll((found) => found.map((chip) => chip.getAttribute('aria-label') ?? chip.textContent)),
    });
    await eventually(async () => expect(await chips.count()).toBeGreaterThanOrEqual(7));
    const colleague = await company.visit({ path: page.url().slice(company.server.url.length) });
    await colleague.locator('[data-deal]').first().waitFor();
    // What the stages allow comes after the cards.
    await eventually(async () => expect(await seen(colleague)).toEqual(await seen(page)));
  });

  test('takes back what was done from its toast, by keys', async () => {
    const { body } = await company.server.post('/api/v1/opportunities', { title: 'Taken back', owner: 'Li Wei' });
    await company.server.get(`/api/v1/board?after=${body.position}`);
    const page = await company.visit({ path: `/deals/${body.id}`, theme: 'dark' });
    await page.getByRole('button', { name: /Edit Title/ }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Mistyped');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Mistyped/ }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /Taken back/ }).waitFor();
  });

  test('leads out of an address that no page has', async () => {
    const page = await company.visit({ path: '/no/such/page' });
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('link', { name: 'To the board' }).click();
    await page.waitForURL('**/board');
  });

  test.each([
    ['light', 'en', 1440],
    ['dark', 'zh', 1024],
    ['light', 'zh', 390],
    ['dark', 'en', 390],
  ] as const)('has no fault that axe finds, %s, %s, %i px wide', async (theme, language, width) => {
    const page = await company.visit({ path: '/operations', theme, language, width });
    await page.getByRole('table').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
    for (const open of ['ControlOrMeta+k', '?']) {
      await page.keyboard.press(open);
      await page.getByRole('dialog').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: language === 'zh' ? '主题' : 'Theme' }).click();
    await page.getByRole('menuitemradio').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
