import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { cardOf, columnOf, deal, dropByKeys, handleOf, openDeal } from './testing/board-page.ts';
import { describePage } from './testing/page.ts';

async function chooseOf(page: Page, id: string, title: string, item: string): Promise<void> {
  await cardOf(page, id)
    .getByRole('button', { name: `Actions for ${title}` })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
}

describePage('the board before a server that takes its time', (company) => {
  test('moves a deal one stage ahead before the pipelines are read, and asks for no reason', async () => {
    const id = await openDeal(company, 'Ahead of all');
    const page = await company.visit({ path: '/operations' });
    await page.route('**/api/v1/pipelines*', () => undefined);
    await page.goto(`${company.server.url}/board?q=Ahead%20of%20all`);
    await dropByKeys(page, id, 'Ahead of all', ['Bidding']);
    await page.getByText('“Ahead of all” is in Bidding').waitFor();
    expect(await deal(company, id)).toMatchObject({ stageId: 'bidding' });
  });

  test('takes the next steps of a deal before it has read what became of the one before', async () => {
    const id = await openDeal(company, 'In a hurry');
    const page = await company.visit({ path: '/board?q=In%20a%20hurry' });
    await cardOf(page, id).waitFor();
    await page.route('**/api/v1/board*', () => undefined);
    await dropByKeys(page, id, 'In a hurry', ['Bidding']);
    await page.getByText('“In a hurry” is in Bidding').waitFor();
    await cardOf(page, id).getByRole('button', { name: 'Actions for In a hurry' }).click();
    await page.getByRole('menuitem', { name: 'Move to' }).press('ArrowRight');
    await page.getByRole('menuitem', { name: 'Negotiation' }).press('Enter');
    await page.getByText('“In a hurry” is in Negotiation').waitFor();
    await columnOf(page, 'Negotiation').locator(`[data-deal="${id}"]`).waitFor();
    await chooseOf(page, id, 'In a hurry', 'Suspend');
    const dialog = page.getByRole('dialog', { name: 'Suspend “In a hurry”' });
    await dialog.getByLabel('Reason').fill('Budget next year');
    await dialog.getByRole('button', { name: 'Suspend', exact: true }).click();
    await page.getByText('“In a hurry” is suspended').waitFor();
    expect(await deal(company, id)).toMatchObject({ status: 'suspended', stageId: 'negotiation', revision: 3 });
  });

  test('reads a deal once for one gesture, and puts back the deal that was asked about meanwhile', async () => {
    const read = await openDeal(company, 'Read late, first');
    const other = await openDeal(company, 'Read late, other');
    const page = await company.visit({ path: '/board?q=Read%20late' });
    await cardOf(page, read).waitFor();
    await page.route('**/api/v1/board*', () => undefined);
    await dropByKeys(page, read, 'Read late, first', ['Bidding']);
    await page.getByText('“Read late, first” is in Bidding').waitFor();
    const reads: (() => void)[] = [];
    await page.route(`**/api/v1/opportunities/${read}*`, async (route) => {
      await new Promise<void>((resolve) => reads.push(resolve));
      await route.continue();
    });
    await chooseOf(page, read, 'Read late, first', 'Lost');
    await chooseOf(page, read, 'Read late, first', 'Suspend');
    await chooseOf(page, other, 'Read late, other', 'Lost');
    await page.getByRole('dialog', { name: 'Lose “Read late, other”' }).waitFor();
    await cardOf(page, other).waitFor({ state: 'detached' });
    await eventually(() => reads.length > 0);
    expect(reads).toHaveLength(1);
    reads[0]?.();
    await page.getByRole('dialog', { name: 'Lose “Read late, first”' }).waitFor();
    await cardOf(page, other).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await cardOf(page, read).waitFor();
  });

  test('moves a card that is led on before it is drawn as lifted', async () => {
    const id = await openDeal(company, 'Quick keys');
    const page = await company.visit({ path: '/board?q=Quick%20keys' });
    await handleOf(page, id).focus();
    await page.evaluate(`for (const [key, keyCode] of [[' ', 32], ['ArrowRight', 39]])
      document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key, keyCode, bubbles: true, cancelable: true }),
      )`);
    await page.getByText('“Quick keys” is over Bidding.', { exact: true }).waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await page.getByText('“Quick keys” is in Bidding').waitFor();
  });

  test('goes on asking about one deal when the step of another one is answered', async () => {
    const moved = await openDeal(company, 'Late answer, moved');
    const lost = await openDeal(company, 'Late answer, lost');
    const page = await company.visit({ path: '/board?q=Late%20answer' });
    let goOn = (): void => undefined;
    const waits = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route('**/move', async (route) => {
      await waits;
      await route.continue();
    });
    await dropByKeys(page, moved, 'Late answer, moved', ['Bidding']);
    await chooseOf(page, lost, 'Late answer, lost', 'Lost');
    const dialog = page.getByRole('dialog', { name: 'Lose “Late answer, lost”' });
    await dialog.getByLabel('Who won').fill('Orbis');
    goOn();
    await page.getByText('“Late answer, moved” is in Bidding').waitFor();
    await dialog.getByRole('button', { name: 'Lose', exact: true }).click();
    await eventually(async () =>
      expect(await deal(company, lost)).toMatchObject({ status: 'lost', competitor: 'Orbis' }),
    );
  });
});
