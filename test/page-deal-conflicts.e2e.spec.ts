import { expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { aDeal, carryOut, readDeal, editAmount } from './testing/deal-page.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

describePage('conflicts on the page of a deal', (company) => {
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
      await dialog.getByRole('row', { name: /US\$7,777.00 US\$8,888.00, by local \(admin\) on/ }).waitFor();
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

  test('asks about one conflict after the other where two commands meet one', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const held: (() => void)[] = [];
    await page.route(/\/(change-amount|move)$/, async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    await (await editAmount(page, '7777')).press('Enter');
    await carryOut(company, id, 'transfer', { to: 'Jun Park', reason: 'holiday' });
    await page.getByRole('button', { name: 'Jun Park, Edit Owner' }).waitFor();
    await page
      .getByRole('navigation', { name: 'Stages' })
      .getByRole('button', { name: /Negotiation/ })
      .click();
    await eventually(() => expect(held).toHaveLength(2));
    await carryOut(company, id, 'transfer', { to: 'Hao Chen', reason: 'back again' });
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this deal' });
    const first = dialog.getByRole('row', { name: /US\$7,777.00/ });
    held[0]?.();
    await first.waitFor();
    const refused = page.waitForResponse(/\/move$/);
    held[1]?.();
    await refused;
    await dialog.getByRole('button', { name: 'Keep theirs' }).click();
    await first.waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Keep theirs' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '$5,000.00, Edit Amount' }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ amount: 500_000, stageId: 'bidding', owner: 'Hao Chen' });
  });
});
