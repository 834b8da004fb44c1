import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { aDeal, carryOut, readDeal, editAmount, chooseAction, offered } from './testing/deal-page.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

/** The commands that a page sends from now on. */
function commandsOf(page: Page): readonly string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname.split('/').at(-1) ?? '');
  });
  return sent;
}

describePage('the commands on the page of a deal', (company) => {
  test('offers what the status allows, and prompts for the reasons that the rules ask for', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    expect(await offered(page)).toEqual([
      ...['Move to…', 'Win…', 'Lose…', 'Log activity…', 'Transfer…', 'Form team…', 'Split credit…'],
      ...['Suspend…', 'Terminate…', 'Withdraw…'],
    ]);
    await chooseAction(page, 'Suspend…');
    const suspending = page.getByRole('dialog', { name: 'Suspend the deal' });
    await suspending.getByRole('button', { name: 'Suspend' }).click();
    await suspending.getByText('Fill this in.').waitFor();
    await suspending.getByRole('textbox', { name: 'Reason' }).fill('budget frozen');
    await suspending.getByRole('button', { name: 'Suspend' }).click();
    await page
      .getByRole('banner')
      .or(page.getByText('Suspended', { exact: true }))
      .last()
      .waitFor();
    await eventually(async () => expect(await readDeal(company, id)).toMatchObject({ status: 'suspended' }));
    await page.getByText('Suspended', { exact: true }).first().waitFor();
    await suspending.waitFor({ state: 'detached' });
    expect(await offered(page)).toEqual([
      ...['Log activity…', 'Transfer…', 'Form team…', 'Split credit…', 'Reactivate…', 'Terminate…', 'Withdraw…'],
    ]);
    await carryOut(company, id, 'reactivate');
    await carryOut(company, id, 'lose', { reasonCode: 'price' });
    await page.getByText('Lost', { exact: true }).waitFor();
    expect(await offered(page)).toEqual(['Log activity…', 'Reopen…', 'Close with summary…', 'Withdraw…']);
    await carryOut(company, id, 'close', { whatHappened: 'They left.', reason: 'Price.' });
    await page.getByText('Closed', { exact: true }).waitFor();
    expect(await offered(page)).toEqual(['Archive…']);
    await chooseAction(page, 'Archive…');
    await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
    await page.getByText(/This deal is archived/).waitFor();
    // What had the focus is gone.
    await page.locator('main:focus').waitFor();
    expect(await page.getByRole('button', { name: 'Actions' }).count()).toBe(0);
  });

  test('moves a deal along its stages: on at once, back with a reason, and undone', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const stages = page.getByRole('navigation', { name: 'Stages' });
    await stages.getByRole('button', { name: /Negotiation/ }).click();
    await stages.locator('[aria-current=step]', { hasText: 'Negotiation' }).waitFor();
    await stages.getByRole('button', { name: /Potential/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Move to another stage' });
    await dialog.getByRole('button', { name: 'Move' }).click();
    await dialog.getByText('Moving back needs a reason.').waitFor();
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('scope reopened');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await stages.locator('[aria-current=step]', { hasText: 'Potential' }).waitFor();
    // The newest comes first, and later than what it tells.
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.nth(1).waitFor();
    await undo.first().click();
    await stages.locator('[aria-current=step]', { hasText: 'Negotiation' }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ stageId: 'negotiation' });
  });

  test('wins a deal for another amount, and undone gives back the one before', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await chooseAction(page, 'Win…');
    const dialog = page.getByRole('dialog', { name: 'Win the deal' });
    await dialog.getByRole('textbox', { name: /^Final amount/ }).fill('6000');
    await dialog.getByRole('button', { name: 'Win' }).click();
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ status: 'won', amount: 600_000 });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back', { exact: true }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ status: 'open', stageId: 'bidding', amount: 500_000 });
  });

  test('forms a team, splits its credit with what remains, and logs work with its cost', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await chooseAction(page, 'Form team…');
    const team = page.getByRole('dialog', { name: 'Form the team' });
    await team.getByRole('button', { name: 'Add a member' }).click();
    await team.getByRole('textbox', { name: 'Member 2' }).fill('Hao Chen');
    expect(await accessibilityFaults(page)).toEqual([]);
    await team.getByRole('button', { name: 'Form team' }).click();
    await page.getByRole('button', { name: 'Li Wei, Hao Chen, Edit Shared by' }).waitFor();
    await chooseAction(page, 'Split credit…');
    const credit = page.getByRole('dialog', { name: 'Split the credit' });
    await credit.getByRole('textbox', { name: 'Share of Li Wei in %' }).fill('66.67');
    await credit.getByText('Remaining: 33.33 %').waitFor();
    await credit.getByRole('button', { name: 'Split credit' }).click();
    await credit.getByText('The shares add up to 66.67%, not to 100%.').waitFor();
    await credit.getByRole('textbox', { name: 'Share of Hao Chen in %' }).fill('33.33');
    await credit.getByText('Remaining: 0 %').waitFor();
    await credit.getByRole('button', { name: 'Split credit' }).click();
    await credit.waitFor({ state: 'detached' });
    expect(await readDeal(company, id)).toMatchObject({
      shares: [
        { rep: 'Li Wei', share: 6_667 },
        { rep: 'Hao Chen', share: 3_333 },
      ],
    });
    await chooseAction(page, 'Log activity…');
    const log = page.getByRole('dialog', { name: 'Log activity' });
    await log.getByRole('combobox', { name: 'Kind' }).selectOption('Meeting');
    await log.getByRole('textbox', { name: 'Cost (optional)' }).fill('80.5');
    await log.getByRole('button', { name: 'Log' }).click();
    await page.getByText('Costs: US$450.50').waitFor();
  });

  test('takes a double click on the next stage for one move', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const stages = page.getByRole('navigation', { name: 'Stages' });
    await stages.getByRole('button', { name: /Negotiation/ }).dblclick();
    await stages.locator('[aria-current=step]', { hasText: 'Negotiation' }).waitFor();
    // By keys as well, where the second press comes before the answer to the first.
    await stages.getByRole('button', { name: /Contract/ }).focus();
    await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('Enter')]);
    await stages.locator('[aria-current=step]', { hasText: 'Contract' }).waitFor();
    expect(await page.getByRole('dialog', { name: 'Somebody else changed this deal' }).count()).toBe(0);
    expect(await readDeal(company, id)).toMatchObject({ stageId: 'contract', movesForward: 3 });
  });

  test('asks for the reason of a loss by name', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await chooseAction(page, 'Lose…');
    const dialog = page.getByRole('dialog', { name: 'Lose the deal' });
    await dialog.getByRole('combobox', { name: 'Why it was lost' }).selectOption('No budget');
    await dialog.getByRole('button', { name: 'Lose', exact: true }).click();
    await page.getByRole('region', { name: 'Key fields' }).getByText('No budget', { exact: true }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ status: 'lost', lostReason: 'no-budget' });
  });

  for (const [choice, amount] of [
    ['Take back all the same', 500_000],
    ['Leave it', 888_800],
  ] as const) {
    test(`says who changed a deal since, where a change is to be taken back, and is told “${choice}”`, async () => {
      const id = await aDeal(company);
      const page = await company.visit({ path: `/deals/${id}` });
      await (await editAmount(page, '7777')).press('Enter');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      await carryOut(company, id, 'change-amount', {
        amount: { minorUnits: 888_800, currency: 'USD' },
        reason: 'bigger scope',
      });
      // It does not matter on which page somebody is by then.
      await page.getByRole('link', { name: 'Deals', exact: true }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      const dialog = page.getByRole('dialog', { name: 'Somebody else has changed this deal since' });
      await dialog
        .getByText(/local \(admin\) changed the amount from US\$7,777.00 to US\$8,888.00 because “bigger scope”/)
        .waitFor();
      await dialog.getByRole('button', { name: 'Leave it' }).and(page.locator(':focus')).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const sent = commandsOf(page);
      await dialog.getByRole('button', { name: choice }).click();
      await dialog.waitFor({ state: 'detached' });
      await eventually(async () => expect(await readDeal(company, id)).toMatchObject({ amount }));
      expect(sent).toEqual(choice === 'Leave it' ? [] : ['change-amount']);
    });
  }

  test('takes back by Ctrl+Z what was done last, on any page and outside of fields, and lists that key', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}`, language: 'zh' });
    const sent = commandsOf(page);
    await page.getByRole('button', { name: /编辑金额/ }).click();
    await page.getByRole('textbox', { name: /USD/ }).fill('7777');
    await page.keyboard.press('Enter');
    const undo = page.getByRole('region', { name: /^通知/ }).getByRole('button', { name: '撤销' });
    await undo.waitFor();
    await page.getByRole('link', { name: '商机', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '商机' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.press('ControlOrMeta+z');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '键盘快捷键' }).getByText('撤销上一步操作').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await undo.count()).toBe(1);
    expect(sent).toEqual(['change-amount']);
    await page.keyboard.press('ControlOrMeta+z');
    await page.getByText('已撤销', { exact: true }).waitFor();
    expect(sent).toEqual(['change-amount', 'change-amount']);
    expect(await readDeal(company, id)).toMatchObject({ amount: 500_000 });
  });

  test('offers again to take back what a lost connection kept from it', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await (await editAmount(page, '7777')).press('Enter');
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    await page.route('**/change-amount', (route) => route.abort(), { times: 1 });
    await undo.click();
    await page.getByText(/^Not taken back: /).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ amount: 777_700 });
    await page.keyboard.press('ControlOrMeta+z');
    await page.getByText('Taken back', { exact: true }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ amount: 500_000 });
  });

  test('asks before what was typed is lost by leaving', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const typed = await editAmount(page, '7777');
    await page.getByRole('link', { name: 'Board' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByRole('button', { name: 'Stay' }).click();
    expect(await typed.inputValue()).toBe('7777');
    await page.getByRole('slider', { name: 'Moment shown' }).press('Home');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await typed.press('Escape');
    await page.getByRole('slider', { name: 'Moment shown' }).press('Home');
    await page.getByText('As of 5 Jan 2026').waitFor();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await editAmount(page, '7777');
    await page.getByRole('link', { name: 'Board' }).click();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL('**/board*');
    expect(await readDeal(company, id)).toMatchObject({ amount: 500_000 });
  });

  test('opens what is done most by keys, and nothing of the past', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await page.getByRole('button', { name: 'Actions' }).waitFor();
    await page.keyboard.press('m');
    await page.getByRole('dialog', { name: 'Move to another stage' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('l');
    await page.getByRole('dialog', { name: 'Log activity' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('[');
    await page.getByText(/^As of /).waitFor();
    await page.keyboard.press('m');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`is accessible in the ${theme} theme with each of its dialogs, also on a phone`, async () => {
      const open = await aDeal(company);
      const lost = await aDeal(company);
      await carryOut(company, lost, 'lose', { reasonCode: 'price' });
      for (const [id, actions] of [
        [open, ['Move to…', 'Win…', 'Lose…', 'Log activity…', 'Transfer…', 'Split credit…', 'Suspend…', 'Withdraw…']],
        [lost, ['Reopen…', 'Close with summary…']],
      ] as const) {
        const page = await company.visit({ path: `/deals/${id}`, theme, width: id === open ? 1440 : 390 });
        await page.getByRole('button', { name: 'Actions' }).waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
        for (const action of actions) {
          await chooseAction(page, action);
          await page.getByRole('dialog').waitFor();
          expect(await accessibilityFaults(page)).toEqual([]);
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        }
        // The focus is back where it came from.
        await page.locator('button:focus', { hasText: 'Actions' }).waitFor();
      }
    });
  }
});
