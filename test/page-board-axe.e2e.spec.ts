import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { cardOf, openDeal } from './testing/board-page.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

describePage('with each menu and dialog of the board open', (company) => {
  const openMenu = (page: Page, id: string): Promise<void> =>
    cardOf(page, id).getByRole('button', { name: 'Actions for Seen' }).click();
  const choose = async (page: Page, id: string, item: string): Promise<void> => {
    await openMenu(page, id);
    await page.getByRole('menuitem', { name: item }).click();
    await page.getByRole('dialog').waitFor();
  };
  const opened: Readonly<Record<string, (page: Page, id: string) => Promise<void>>> = {
    'the menu of a card': async (page, id) => {
      await openMenu(page, id);
      await page.getByRole('menuitem', { name: 'Move to' }).press('ArrowRight');
      await page.getByRole('menuitem', { name: 'Negotiation' }).waitFor();
    },
    winning: (page, id) => choose(page, id, 'Won'),
    losing: (page, id) => choose(page, id, 'Lost'),
    suspending: (page, id) => choose(page, id, 'Suspend'),
    transferring: (page, id) => choose(page, id, 'Transfer…'),
    'the reason of a move': async (page, id) => {
      await openMenu(page, id);
      await page.getByRole('menuitem', { name: 'Move to' }).press('ArrowRight');
      await page.getByRole('menuitem', { name: 'Negotiation' }).press('Enter');
      await page.getByRole('dialog').waitFor();
    },
    'a new deal': async (page) => {
      await page.keyboard.press('n');
      await page.getByRole('dialog').waitFor();
    },
    'adding to a column': async (page) => {
      await page.getByRole('button', { name: 'Add a deal to Bidding' }).click();
      await page.getByRole('form', { name: 'Add a deal to Bidding' }).waitFor();
    },
    filters: async (page) => {
      await page.keyboard.press('f');
      await page.getByRole('dialog', { name: 'Filters' }).waitFor();
    },
    views: async (page) => {
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByLabel('Name of the view').waitFor();
    },
    'the palette': async (page) => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('dialog').getByRole('option').first().waitFor();
    },
    'the shortcuts': async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
  };

  test.each(['light', 'dark'] as const)('axe finds nothing, %s', async (theme) => {
    const id = await openDeal(company, 'Seen');
    const page = await company.visit({ path: '/board?q=Seen', theme });
    const faults: Record<string, readonly string[]> = {};
    for (const [name, open] of Object.entries(opened)) {
      await page.reload();
      await cardOf(page, id).waitFor();
      await open(page, id);
      faults[name] = await accessibilityFaults(page);
    }
    expect(faults).toEqual(Object.fromEntries(Object.keys(opened).map((name) => [name, []])));
  });

  test('axe finds nothing in what a conflict says', async () => {
    const id = await openDeal(company, 'Seen');
    const page = await company.visit({ path: '/board?q=Seen' });
    await cardOf(page, id).waitFor();
    await page.route('**/suspend', async (route) => {
      await company.server.post(`/api/v1/opportunities/${id}/transfer`, { to: 'Li Wei', reason: 'Holiday' });
      await route.continue();
    });
    await choose(page, id, 'Suspend');
    await page.getByRole('dialog').getByLabel('Reason').fill('Budget');
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click();
    await page.getByRole('dialog', { name: /^Somebody else changed/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
