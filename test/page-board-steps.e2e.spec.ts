import { expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import {
  cardOf,
  centreOf,
  columnOf,
  deal,
  drag,
  fingerOn,
  focusedDeal,
  handleOf,
  idsIn,
  openDeal,
} from './testing/board-page.ts';
import { describePage } from './testing/page.ts';

describePage('a deal on the board', (company) => {
  test('moves by mouse, tells others at once, and takes it back', async () => {
    const id = await openDeal(company, 'By mouse');
    const page = await company.visit({ path: '/board?q=mouse' });
    const other = await company.visit({ path: '/board?q=mouse' });
    await columnOf(other, 'Potential').locator(`[data-deal="${id}"]`).waitFor();
    // So slow that it still glows when it is looked at.
    const animations = await other.context().newCDPSession(other);
    await animations.send('Animation.enable');
    await animations.send('Animation.setPlaybackRate', { playbackRate: 0.01 });
    await drag(page, cardOf(page, id), columnOf(page, 'Bidding'));
    await columnOf(page, 'Bidding').locator(`[data-deal="${id}"]`).waitFor();
    await columnOf(other, 'Bidding').locator(`[data-deal="${id}"]`).waitFor();
    const glows = await cardOf(other, id).evaluate((card) => card.getAnimations({ subtree: true }).length);
    expect(glows).toBeGreaterThan(0);
    expect(await deal(company, id)).toMatchObject({ stageId: 'bidding' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await columnOf(page, 'Potential').locator(`[data-deal="${id}"]`).waitFor();
    expect(await deal(company, id)).toMatchObject({ stageId: 'potential', revision: 2 });
  });

  test('moves by keyboard and says so', async () => {
    const id = await openDeal(company, 'By keyboard');
    const page = await company.visit({ path: '/board?q=keyboard' });
    await handleOf(page, id).focus();
    await page.keyboard.press('Space');
    await page.getByText('Lifted “By keyboard” from Potential.').waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowRight');
    await page.getByText('“By keyboard” is over Bidding.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await eventually(async () => expect(await deal(company, id)).toMatchObject({ stageId: 'bidding' }));
    await columnOf(page, 'Bidding').locator(`[data-deal="${id}"]`).waitFor();
    await eventually(async () => expect(await focusedDeal(page)).toBe(id));
  });

  test('reaches won, lost and suspended by keyboard, and asks before', async () => {
    const id = await openDeal(company, 'To the end', 'contract');
    const page = await company.visit({ path: '/board?q=end' });
    await handleOf(page, id).focus();
    await page.keyboard.press('Space');
    for (const end of ['Won', 'Lost', 'Suspended']) {
      await page.keyboard.press('ArrowRight');
      await page.getByText(`“To the end” is over ${end}.`).waitFor({ state: 'attached' });
    }
    await page.keyboard.press('ArrowLeft');
    await page.getByText('“To the end” is over Lost.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    const dialog = page.getByRole('dialog', { name: 'Lose “To the end”' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await columnOf(page, 'Contract').locator(`[data-deal="${id}"]`).waitFor();
    await cardOf(page, id).getByRole('button', { name: 'Actions for To the end' }).click();
    await page.getByRole('menuitem', { name: 'Lost' }).click();
    await dialog.getByLabel('Why it was lost').selectOption('timing');
    await dialog.getByLabel('Who won').fill('Orbis');
    await dialog.getByRole('button', { name: 'Lose', exact: true }).click();
    await page.getByText('“To the end” is lost').waitFor();
    const lost = await deal(company, id);
    expect(lost).toMatchObject({ status: 'lost', lostReason: 'timing', competitor: 'Orbis' });
  });

  test('moves by finger', async () => {
    const id = await openDeal(company, 'By finger');
    const page = await company.visit({ path: '/board?q=finger', width: 1024, touch: true });
    const start = await centreOf(cardOf(page, id));
    const end = await centreOf(columnOf(page, 'Bidding'));
    const finger = await fingerOn(page);
    await finger.down(start);
    // A finger that stays lifts the card; one that moves scrolls.
    await page.getByText('Lifted “By finger” from Potential.').waitFor({ state: 'attached' });
    await finger.lead(end);
    await page.getByText('“By finger” is over Bidding.').waitFor({ state: 'attached' });
    await finger.lift();
    await eventually(async () => expect(await deal(company, id)).toMatchObject({ stageId: 'bidding' }));
  });

  test('asks why a deal moves back, and puts it into its exact slot where the server refuses, naming the rule', async () => {
    const { server } = company;
    const stage = { successRate: 5_000, expectedDuration: { count: 1, unit: 'months' }, requires: [] };
    await server.post('/api/v1/pipelines', {
      id: 'partners',
      name: 'Partners',
      stages: [
        { ...stage, id: 'lead', name: 'Lead', requires: ['region'] },
        { ...stage, id: 'offer', name: 'Offer' },
        { ...stage, id: 'order', name: 'Order', requires: ['expectedCloseDate'] },
      ],
    });
    for (const title of ['One', 'Two', 'Three'])
      await server.post('/api/v1/opportunities', {
        title,
        owner: 'Hao Chen',
        pipelineId: 'partners',
        stageId: 'offer',
      });
    const page = await company.visit({ path: '/board' });
    await page.getByLabel('Pipeline').selectOption('Partners');
    await columnOf(page, 'Offer').locator('[data-deal]').nth(2).waitFor();
    const before = await idsIn(page, 'Offer');
    const moved = cardOf(page, before[1] ?? '');
    await drag(page, moved, columnOf(page, 'Order'));
    await page.getByText('Before the stage “Order” this must be known: Expected close.').waitFor();
    await eventually(async () => expect(await idsIn(page, 'Offer')).toEqual(before));
    await drag(page, moved, columnOf(page, 'Lead'));
    const dialog = page.getByRole('dialog', { name: /back to Lead/ });
    // What lies behind a dialog has no role for now.
    await page.locator(`[data-stage="lead"] [data-deal="${before[1]}"]`).waitFor();
    await dialog.getByRole('button', { name: 'Move' }).click();
    await dialog.getByText('A reason is needed').waitFor();
    await dialog.getByLabel('Reason').fill('It was too early');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await dialog.getByText('Before the stage “Lead” this must be known: Region.').waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await idsIn(page, 'Offer')).toEqual(before));
  });

  test('tells in Chinese which rule refuses a move', async () => {
    const { server } = company;
    const stage = { successRate: 5_000, expectedDuration: { count: 1, unit: 'months' } };
    await server.post('/api/v1/pipelines', {
      id: 'resellers',
      name: '经销商',
      stages: [
        { ...stage, id: 'offer', name: 'Offer', nameZh: '报价', requires: [] },
        { ...stage, id: 'order', name: 'Order', nameZh: '下单', requires: ['expectedCloseDate', 'region'] },
      ],
    });
    const offered = { title: '甲', owner: '陈浩', pipelineId: 'resellers' };
    const { body } = await server.post('/api/v1/opportunities', offered);
    const page = await company.visit({ path: '/board?pipeline=resellers', language: 'zh' });
    await drag(page, cardOf(page, body.id), columnOf(page, '下单'));
    await page.getByText('进入阶段“下单”之前须先填写：预计成交、地区。').waitFor();
    await columnOf(page, '报价').locator(`[data-deal="${body.id}"]`).waitFor();
  });

  test('says who changed a deal in between, and sends the move again on it', async () => {
    const id = await openDeal(company, 'In conflict');
    const page = await company.visit({ path: '/board?q=conflict' });
    await cardOf(page, id).waitFor();
    let isFirst = true;
    await page.route('**/move', async (route) => {
      if (isFirst) {
        isFirst = false;
        await company.server.post(`/api/v1/opportunities/${id}/transfer`, { to: 'Li Wei', reason: 'Holiday' });
      }
      await route.continue();
    });
    await drag(page, cardOf(page, id), columnOf(page, 'Bidding'));
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed “In conflict”' });
    await dialog.getByText('handed it over from Hao Chen to Li Wei because “Holiday”').waitFor();
    await dialog.getByRole('button', { name: 'Retry' }).click();
    await columnOf(page, 'Bidding').locator(`[data-deal="${id}"]`).waitFor();
    await eventually(async () =>
      expect(await deal(company, id)).toMatchObject({ stageId: 'bidding', owner: 'Li Wei' }),
    );
  });

  test('wins, suspends and transfers by the menu of a card', async () => {
    const id = await openDeal(company, 'By menu');
    const page = await company.visit({ path: '/board?q=menu' });
    const choose = async (item: string): Promise<void> => {
      await cardOf(page, id).getByRole('button', { name: 'Actions for By menu' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await choose('Transfer…');
    const transfer = page.getByRole('dialog', { name: 'Transfer “By menu”' });
    await transfer.getByLabel('To').fill('Li Wei');
    await transfer.getByLabel('Reason').fill('Holiday');
    await transfer.getByRole('button', { name: 'Transfer', exact: true }).click();
    await page.getByText('“By menu” belongs to Li Wei').waitFor();
    await choose('Suspend');
    const suspend = page.getByRole('dialog', { name: 'Suspend “By menu”' });
    await suspend.getByLabel('Reason').fill('Budget next year');
    await suspend.getByRole('button', { name: 'Suspend', exact: true }).click();
    await page.getByText('“By menu” is suspended').waitFor();
    expect(await deal(company, id)).toMatchObject({ status: 'suspended', owner: 'Li Wei' });
    await page.getByRole('listitem').filter({ hasText: 'is suspended' }).getByRole('button', { name: 'Undo' }).click();
    await cardOf(page, id).waitFor();
    await choose('Won');
    const win = page.getByRole('dialog', { name: 'Win “By menu”' });
    await win.getByLabel('Amount').fill('12,000.25');
    await win.getByRole('button', { name: 'Win', exact: true }).click();
    await page.getByText('“By menu” is won').waitFor();
    expect(await deal(company, id)).toMatchObject({ status: 'won', amount: 1_200_025 });
    await page.getByRole('listitem').filter({ hasText: 'is won' }).getByRole('button', { name: 'Undo' }).click();
    await cardOf(page, id).waitFor();
    await eventually(async () =>
      expect(await deal(company, id)).toMatchObject({ status: 'open', stageId: 'potential', amount: 1_234_500 }),
    );
  });

  test('keeps its menu open while others change it and move it', async () => {
    const { server } = company;
    const id = await openDeal(company, 'With a menu');
    const page = await company.visit({ path: '/board?q=With%20a%20menu' });
    await cardOf(page, id).getByRole('button', { name: 'Actions for With a menu' }).click();
    const won = page.getByRole('menuitem', { name: 'Won' });
    await won.waitFor();
    await server.post(`/api/v1/opportunities/${id}/transfer`, { to: 'Li Wei', reason: 'Holiday' });
    // What lies behind an open menu has no role for now.
    await cardOf(page, id).getByText('Owner: Li Wei').waitFor({ state: 'attached' });
    await won.waitFor();
    await server.post(`/api/v1/opportunities/${id}/move`, { toStage: 'bidding' });
    await page.locator(`[data-stage="bidding"] [data-deal="${id}"]`).waitFor();
    await won.click();
    await page.getByRole('dialog', { name: 'Win “With a menu”' }).getByRole('button', { name: 'Win' }).click();
    await page.getByText('“With a menu” is won').waitFor();
    expect(await deal(company, id)).toMatchObject({ status: 'won', stageId: 'bidding' });
  });
});
