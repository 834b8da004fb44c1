import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { accessibilityFaults, describePage, type Company } from './testing/page.ts';
import { eventually } from './testing/running-server.ts';

const OPENED = '2026-01-05T09:00:00.000Z';
const MOVED = '2026-03-03T10:12:00.000Z';
const RAISED = '2026-04-01T08:00:00.000Z';

describePage('the page of a deal', (company) => {
  test('edits a field where it stands by keys alone, as the API then knows it', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await page.getByRole('heading', { level: 1, name: /Pumps for Acorn/ }).waitFor();
    expect(await page.title()).toBe('Pumps for Acorn');
    await page.getByRole('button', { name: '$5,000.00, Edit Amount' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('6200.50');
    await page.keyboard.press('Enter');
    const shown = page.getByRole('button', { name: '$6,200.50, Edit Amount' });
    await shown.waitFor();
    await page.locator(':focus').and(shown).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ amount: 620_050, currency: 'USD' });
    const { body } = await company.server.get(`/api/v1/opportunities/${id}/timeline`);
    expect(body.entries.at(-1)).toMatchObject({ type: 'OpportunityAmountChanged', source: 'page' });

    await page.keyboard.press('Enter');
    await page.keyboard.type('1');
    await page.keyboard.press('Escape');
    await shown.waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: '$5,000.00, Edit Amount' }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ amount: 500_000 });
  });

  test('shows the rule beside the field that it refuses, and keeps what was typed', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await page.getByRole('button', { name: 'Acorn Foods, Edit Customer' }).click();
    const customerId = page.getByRole('textbox', { name: 'Customer id' });
    await customerId.fill('not an id');
    await customerId.press('Enter');
    await page.getByText(/must be 1 to 100 letters, digits/).waitFor();
    expect(await customerId.inputValue()).toBe('not an id');
    expect(await customerId.getAttribute('aria-invalid')).toBe('true');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await readDeal(company, id)).toMatchObject({ customerId: 'acorn-foods' });
  });

  test('tells what happened in sentences of both languages, filtered by kind, with the way to the audit', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const timeline = page.getByRole('list', { name: 'Timeline' }).getByRole('listitem');
    await timeline.filter({ hasText: 'local (admin)' }).first().waitFor();
    await timeline
      .filter({
        hasText:
          'local (admin) moved it from Potential to Bidding because “tender published”, on 3 Mar 2026, 10:12 UTC, through the API',
      })
      .waitFor();
    const raised = timeline.filter({ hasText: 'changed the amount from US$4,000.00 to US$5,000.00' });
    expect(await raised.locator('time').getAttribute('title')).toMatch(/^Recorded /);
    expect(await raised.getByRole('link').getAttribute('href')).toMatch(
      new RegExp(`^/audit\\?stream=opportunity-${id}&position=\\w+$`),
    );
    await page.getByRole('combobox', { name: 'Which events' }).selectOption('Activities');
    await page.waitForURL('**events=activities**');
    await page.getByText('logged work: Visit: “interested”, at a cost of US$370.00').waitFor();
    expect(await timeline.filter({ hasText: 'moved it' }).count()).toBe(0);

    const chinese = await company.visit({ path: `/deals/${id}`, language: 'zh' });
    await chinese
      .getByText(
        '2026年3月3日 10:12 UTC，local（管理员）通过 API 将其从“潜在客户跟踪”移至“项目投标”，原因：“tender published”',
      )
      .waitFor();
  });

  test('goes back in time by keys, equal to the API, and lists what has changed since', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const slider = page.getByRole('slider', { name: 'Moment shown' });
    await slider.focus();
    await page.keyboard.press('Home');
    await page.waitForURL(/asOf=2026-01-05/);
    await page.getByText('As of 5 Jan 2026, 09:00 UTC').waitFor();
    const { body: then } = await company.server.get(`/api/v1/opportunities/${id}?asOf=${OPENED}`);
    expect(then).toMatchObject({ stageId: 'potential', amount: 400_000, title: 'Pumps for Acorn' });
    const fields = page.getByRole('region', { name: 'Key fields' });
    await fields.getByText('US$4,000.00', { exact: true }).waitFor();
    await page
      .getByRole('navigation', { name: 'Stages' })
      .locator('[aria-current=step]', { hasText: 'Potential' })
      .waitFor();
    expect(await fields.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Actions' }).isDisabled()).toBe(true);

    const since = page.getByRole('region', { name: 'What has changed since' });
    await since.getByRole('row', { name: 'Amount US$4,000.00 US$5,000.00' }).waitFor();
    await since.getByRole('row', { name: 'Stage Potential Bidding' }).waitFor();
    await since.getByText('3 events since').waitFor();
    expect(await since.getByRole('listitem').filter({ hasText: 'local (admin)' }).count()).toBe(3);

    await page.getByRole('button', { name: 'One event later' }).click();
    await page.getByText('As of 3 Mar 2026, 10:12 UTC').waitFor();
    await page
      .getByRole('navigation', { name: 'Stages' })
      .locator('[aria-current=step]', { hasText: 'Bidding' })
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByRole('button', { name: '$5,000.00, Edit Amount' }).waitFor();
    await page.locator(':focus').and(slider).waitFor();
    await page.getByRole('button', { name: 'Play from here' }).click();
    await page.getByText('As of 5 Jan 2026, 09:00 UTC').waitFor();
    await page.getByText('As of 3 Mar 2026, 10:12 UTC').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
  });

  for (const [choice, amount] of [
    ['Save mine anyway', 777_700],
    ['Keep theirs', 888_800],
  ] as const) {
    test(`asks the second of two people who change one amount, who answers “${choice}”`, async () => {
      const id = await aDeal(company);
      const [mine, theirs] = await Promise.all([
        company.visit({ path: `/deals/${id}` }),
        company.visit({ path: `/deals/${id}` }),
      ]);
      const typed = await editAmount(mine, '7777');
      const other = await editAmount(theirs, '8888');
      await other.press('Enter');
      await theirs.getByRole('button', { name: '$8,888.00, Edit Amount' }).waitFor();
      // The change of the other appears without taking what was typed.
      await mine.getByText(/This is now US\$8,888.00/).waitFor();
      expect(await typed.inputValue()).toBe('7777');
      await typed.press('Enter');
      const dialog = mine.getByRole('dialog', { name: 'Somebody else changed this deal' });
      await dialog.getByRole('row', { name: /7777.*US\$8,888.00, by local \(admin\) on/ }).waitFor();
      expect(await accessibilityFaults(mine)).toEqual([]);
      await dialog.getByRole('button', { name: choice }).click();
      await dialog.waitFor({ state: 'detached' });
      const name = amount === 777_700 ? '$7,777.00, Edit Amount' : '$8,888.00, Edit Amount';
      await mine.getByRole('button', { name }).waitFor();
      expect(await readDeal(company, id)).toMatchObject({ amount });
    });
  }

  test('keeps what was typed in a dialog where somebody else was faster and nothing is decided yet', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await page.getByRole('button', { name: 'Li Wei, Edit Owner' }).click();
    const dialog = page.getByRole('dialog', { name: 'Transfer to another owner' });
    await dialog.getByRole('textbox', { name: 'New owner' }).fill('Hao Chen');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('territory change');
    await carryOut(company, id, 'transfer', { to: 'Jun Park', reason: 'holiday' });
    await dialog.getByText(/Somebody changed this deal while you were typing/).waitFor();
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed this deal' });
    await conflict.getByRole('row', { name: /Hao Chen Jun Park, by local \(admin\) on/ }).waitFor();
    await conflict.getByText(/handed it over from Li Wei to Jun Park because “holiday”/).waitFor();
    await conflict.getByRole('button', { name: 'Cancel and go on editing' }).click();
    await conflict.waitFor({ state: 'detached' });
    expect(await dialog.getByRole('textbox', { name: 'New owner' }).inputValue()).toBe('Hao Chen');
    expect(await readDeal(company, id)).toMatchObject({ owner: 'Jun Park' });
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await conflict.getByRole('button', { name: 'Save mine anyway' }).click();
    await page.getByRole('button', { name: 'Hao Chen, Edit Owner' }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ owner: 'Hao Chen' });
  });

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
    await carryOut(company, id, 'archive');
    await page.getByText(/This deal is archived/).waitFor();
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
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await stages.locator('[aria-current=step]', { hasText: 'Negotiation' }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ stageId: 'negotiation' });
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
    await credit.getByText(/The shares add up to 6667 basis points/).waitFor();
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

  test('finds no deal under an unknown address, and says of a withdrawn one that it counts nowhere', async () => {
    const page = await company.visit({ path: '/deals/no-such-deal' });
    await page.getByRole('heading', { name: 'There is no such deal' }).waitFor();
    const id = await aDeal(company);
    const before = await company.visit({ path: `/deals/${id}?asOf=2020-01-01` });
    await before.getByRole('heading', { name: 'This deal did not exist yet' }).waitFor();
    expect(await accessibilityFaults(before)).toEqual([]);
    await carryOut(company, id, 'withdraw', { reason: 'entered twice' });
    const withdrawn = await company.visit({ path: `/deals/${id}` });
    await withdrawn.getByText(/This deal was withdrawn/).waitFor();
    expect(await accessibilityFaults(withdrawn)).toEqual([]);
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
    }, 60_000);
  }
});

let deals = 0;

/** A deal that was opened, moved, worked on and raised long ago; its id. */
async function aDeal(company: Company): Promise<string> {
  deals += 1;
  const id = `page-deal-${deals}`;
  await post(company, '/api/v1/opportunities', {
    id,
    title: 'Pumps for Acorn',
    customer: { id: 'acorn-foods', name: 'Acorn Foods' },
    owner: 'Li Wei',
    amount: { minorUnits: 400_000, currency: 'USD' },
    expectedCloseDate: '2026-06-30',
    occurredAt: OPENED,
  });
  const cost = { minorUnits: 37_000, currency: 'USD' };
  await carryOut(company, id, 'move', { toStage: 'bidding', reason: 'tender published', occurredAt: MOVED });
  await carryOut(company, id, 'change-amount', {
    amount: { minorUnits: 500_000, currency: 'USD' },
    occurredAt: RAISED,
  });
  await carryOut(company, id, 'log-activity', { kind: 'visit', outcome: 'interested', cost });
  return id;
}

async function carryOut(company: Company, id: string, command: string, body: object = {}): Promise<void> {
  await post(company, `/api/v1/opportunities/${id}/${command}`, body);
}

async function post(company: Company, path: string, body: object): Promise<void> {
  const answer = await company.server.post(path, body);
  expect(answer.body).toMatchObject({ position: expect.any(String) });
}

async function readDeal(company: Company, id: string): Promise<unknown> {
  const { body } = await company.server.get(`/api/v1/opportunities/${id}?after=${await company.server.head()}`);
  return body;
}

async function editAmount(page: Page, amount: string) {
  await page.getByRole('button', { name: /Edit Amount/ }).click();
  const input = page.getByRole('textbox', { name: 'Amount (USD)' });
  await input.fill(amount);
  return input;
}

async function chooseAction(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

async function offered(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem').first().waitFor();
  const names = await page.getByRole('menuitem').allTextContents();
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
  return names;
}
