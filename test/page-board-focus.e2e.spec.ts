import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import {
  cardOf,
  columnOf,
  columnsOf,
  deal,
  dropByKeys,
  focusedDeal,
  handleOf,
  idsIn,
  openDeal,
  type Column,
} from './testing/board-page.ts';
import { describePage, type Company } from './testing/page.ts';

/** The first column, with more deals than are in sight at once. */
async function longColumn(company: Company): Promise<Column> {
  await Promise.all(Array.from({ length: 30 }, (_, number) => openDeal(company, `One of many (${number})`)));
  const [first] = await columnsOf(company);
  return first!;
}

const hasFocus = (page: Page, id: string): Promise<void> =>
  eventually(async () =>
    expect(await page.evaluate('document.activeElement.closest("[data-deal]")?.dataset.deal')).toBe(id),
  );

describePage('the focus on the board', (company) => {
  test('stays in the dialog that asks for the reason of a move by keyboard, and goes back to the card', async () => {
    const id = await openDeal(company, 'Over a stage');
    const page = await company.visit({ path: '/board?q=Over%20a%20stage' });
    await dropByKeys(page, id, 'Over a stage', ['Bidding', 'Negotiation']);
    const dialog = page.getByRole('dialog', { name: /to Negotiation/ });
    const reason = dialog.getByLabel('Reason');
    await reason.waitFor();
    // The drop is over once the dialog is there; in the frame after, the library gives the focus to the card.
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    await reason.and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Ahead');
    expect(await reason.inputValue()).toBe('Ahead');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await hasFocus(page, id);
    await columnOf(page, 'Potential').locator(`[data-deal="${id}"]`).waitFor();
  });

  test.each(['Won', 'Lost', 'Suspended'])(
    'goes back to a card dropped on %s by keyboard and left open',
    async (end) => {
      const id = await openDeal(company, `Near ${end}`, 'contract');
      const page = await company.visit({ path: `/board?q=Near%20${end}` });
      const ends = ['Won', 'Lost', 'Suspended'];
      await dropByKeys(page, id, `Near ${end}`, ends.slice(0, ends.indexOf(end) + 1));
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hasFocus(page, id);
    },
  );

  test('goes back to the card whose move by keyboard the server refused', async () => {
    const { server } = company;
    const stage = { successRate: 5_000, expectedDuration: { count: 1, unit: 'months' } };
    await server.post('/api/v1/pipelines', {
      id: 'strict',
      name: 'Strict',
      stages: [
        { ...stage, id: 'offer', name: 'Offer', requires: [] },
        { ...stage, id: 'order', name: 'Order', requires: ['region'] },
      ],
    });
    const { body } = await server.post('/api/v1/opportunities', {
      title: 'Refused',
      owner: 'Li',
      pipelineId: 'strict',
    });
    const page = await company.visit({ path: '/board?pipeline=strict' });
    await dropByKeys(page, body.id, 'Refused', ['Order']);
    await page.getByText('“Refused” was not changed').waitFor();
    await columnOf(page, 'Offer').locator(`[data-deal="${body.id}"]`).waitFor();
    await hasFocus(page, body.id);
  });

  test('goes back to the card from the dialogs of its menu', async () => {
    const id = await openDeal(company, 'From the menu');
    const page = await company.visit({ path: '/board?q=From%20the%20menu' });
    for (const item of ['Transfer…', 'Won', 'Lost', 'Suspend']) {
      await cardOf(page, id).getByRole('button', { name: 'Actions for From the menu' }).click();
      await page.getByRole('menuitem', { name: item }).click();
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await hasFocus(page, id);
    }
  });

  test('goes to the next card at the place of one that is won', async () => {
    await openDeal(company, 'In a row');
    await openDeal(company, 'In a row');
    const page = await company.visit({ path: '/board?q=In%20a%20row' });
    await page.locator('[data-deal]').nth(1).waitFor();
    const [upper = '', lower = ''] = await idsIn(page, 'Potential');
    await cardOf(page, upper).getByRole('button', { name: 'Actions for In a row' }).click();
    await page.getByRole('menuitem', { name: 'Won' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Win' }).click();
    await page.getByText('“In a row” is won').waitFor();
    await hasFocus(page, lower);
  });

  test('goes to a card whose move is undone', async () => {
    const id = await openDeal(company, 'There and back');
    const page = await company.visit({ path: '/board?q=There%20and%20back' });
    await dropByKeys(page, id, 'There and back', ['Bidding']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await columnOf(page, 'Potential').locator(`[data-deal="${id}"]`).waitFor();
    await hasFocus(page, id);
  });

  test('follows a card that somebody else moves', async () => {
    const id = await openDeal(company, 'Moved by others');
    const page = await company.visit({ path: '/board?q=Moved%20by%20others' });
    await handleOf(page, id).focus();
    await company.server.post(`/api/v1/opportunities/${id}/move`, { toStage: 'bidding' });
    await columnOf(page, 'Bidding').locator(`[data-deal="${id}"]`).waitFor();
    await hasFocus(page, id);
  });

  test('goes by End, Home and whole pages through a column, and stays on a card that is scrolled away', async () => {
    const long = await longColumn(company);
    const page = await company.visit({ path: '/board' });
    const list = columnOf(page, long.stage.name).getByRole('list').locator('..');
    const first = long.cards[0]?.id ?? '';
    await handleOf(page, first).focus();
    await page.keyboard.press('PageDown');
    await hasFocus(page, long.cards[5]?.id ?? '');
    await page.keyboard.press('Home');
    await hasFocus(page, first);
    await list.evaluate((element) => element.scrollTo(0, 3_000));
    await cardOf(page, long.cards[25]!.id).waitFor();
    expect(await focusedDeal(page)).toBe(first);
    await page.keyboard.press('End');
    await eventually(async () => expect(await focusedDeal(page)).not.toBe(first));
    const last = await focusedDeal(page);
    expect(await list.evaluate((element) => element.scrollTop)).toBeGreaterThan(1_000);
    await page.keyboard.press('ArrowUp');
    await eventually(async () => expect(await focusedDeal(page)).not.toBe(last));
    expect(await focusedDeal(page)).not.toBeNull();
  });

  test('is in the title again after a deal was added by a click, and on the button that opened the form after Escape', async () => {
    const page = await company.visit({ path: '/board' });
    const add = page.getByRole('button', { name: 'Add a deal to Bidding' });
    await add.click();
    const form = page.getByRole('form', { name: 'Add a deal to Bidding' });
    await form.getByLabel('Title').fill('Added by a click');
    await form.getByLabel('Owner').fill('Hao Chen');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await columnOf(page, 'Bidding').getByText('Added by a click').waitFor();
    // The card may come before the answer, and with the answer the field is emptied.
    await form.getByLabel('Title').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('The next one');
    expect(await form.getByLabel('Title').inputValue()).toBe('The next one');
    await form.getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await add.and(page.locator(':focus')).waitFor();
  });

  test('and the place in a column come back with whoever comes back from a deal', async () => {
    const long = await longColumn(company);
    const page = await company.visit({ path: '/board' });
    const list = columnOf(page, long.stage.name).getByRole('list').locator('..');
    const { id, title } = long.cards[24]!;
    await cardOf(page, long.cards[0]!.id).waitFor();
    await eventually(async () => {
      await list.evaluate((element) => element.scrollTo(0, 2_700));
      expect(await cardOf(page, id).count()).toBe(1);
    });
    await cardOf(page, id).hover();
    const scrolled = await list.evaluate((element) => element.scrollTop);
    await cardOf(page, id).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.goBack();
    await hasFocus(page, id);
    expect(await list.evaluate((element) => element.scrollTop)).toBe(scrolled);
  });

  test('comes back with whoever goes back before the deal was read, and before it was drawn', async () => {
    const id = await openDeal(company, 'Slow to open');
    const page = await company.visit({ path: '/board?q=Slow%20to%20open' });
    await page.route(`**/api/v1/opportunities/${id}*`, () => undefined);
    await cardOf(page, id).click();
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'detached' });
    await page.goBack();
    await hasFocus(page, id);
    await page.getByRole('main').focus();
    await page.evaluate(`(async () => {
      document.querySelector('[data-deal="${id}"] a').click();
      while (location.pathname === '/board') await new Promise((goOn) => setTimeout(goOn));
      history.back();
    })()`);
    await hasFocus(page, id);
  });

  test('and the place in the list come back with whoever comes back from a deal', async () => {
    const page = await company.visit({ path: '/deals' });
    const list = page.getByRole('region', { name: 'Deals' });
    await list.getByRole('link').first().waitFor();
    await list.evaluate((element) => element.scrollTo(0, 2_000));
    const row = list.locator('tr[aria-rowindex="62"]');
    const id = (await row.getAttribute('data-deal')) ?? '';
    const title = await row.getByRole('link').first().innerText();
    await row.getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    await page.goBack();
    await hasFocus(page, id);
    expect(await list.evaluate((element) => element.scrollTop)).toBe(2_000);
  });
});

describePage('a card', (company) => {
  test('is a link: it opens in another tab as well, and can still be dragged', async () => {
    const id = await openDeal(company, 'In a tab');
    const page = await company.visit({ path: '/board?q=In%20a%20tab' });
    expect(await handleOf(page, id).getAttribute('href')).toBe(`/deals/${id}`);
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      handleOf(page, id).click({ modifiers: ['ControlOrMeta'] }),
    ]);
    await tab.waitForURL(`**/deals/${id}`);
    const [second] = await Promise.all([
      page.context().waitForEvent('page'),
      handleOf(page, id).click({ button: 'middle' }),
    ]);
    await second.waitForURL(`**/deals/${id}`);
    expect(new URL(page.url()).pathname).toBe('/board');
  });

  test('takes one step at a time', async () => {
    const id = await openDeal(company, 'One at a time');
    const page = await company.visit({ path: '/board?q=One%20at%20a%20time' });
    let moves = 0;
    let goOn = (): void => undefined;
    const waits = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route('**/move', async (route) => {
      moves += 1;
      await waits;
      await route.continue();
    });
    await dropByKeys(page, id, 'One at a time', ['Bidding']);
    await eventually(async () => expect(moves).toBe(1));
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await cardOf(page, id).getByRole('button', { name: 'Actions for One at a time' }).click();
    await page.getByRole('menuitem', { name: 'Lost' }).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    goOn();
    await eventually(async () => expect(await deal(company, id)).toMatchObject({ stageId: 'bidding', revision: 1 }));
    expect(moves).toBe(1);
  });

  test('asks for the reason that a move needs since somebody else made the same one', async () => {
    const id = await openDeal(company, 'Moved twice');
    const page = await company.visit({ path: '/board?q=Moved%20twice' });
    let goOn = (): void => undefined;
    const waits = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route(
      '**/move',
      async (route) => {
        // Whoever answers at once need not wait until the board is read again.
        await page.route('**/api/v1/board*', async (read) => {
          await waits;
          await read.continue();
        });
        await company.server.post(`/api/v1/opportunities/${id}/move`, { toStage: 'bidding' });
        await route.continue();
      },
      { times: 1 },
    );
    await dropByKeys(page, id, 'Moved twice', ['Bidding']);
    await page
      .getByRole('dialog', { name: /^Somebody else changed/ })
      .getByRole('button', { name: 'Retry' })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Begin Bidding anew with “Moved twice”?' });
    await dialog.getByLabel('Reason').fill('From the start');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await page.getByText('“Moved twice” is in Bidding').waitFor();
    goOn();
    expect(await deal(company, id)).toMatchObject({ stageId: 'bidding', revision: 2 });
  });
});
