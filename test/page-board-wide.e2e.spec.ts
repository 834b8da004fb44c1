import { beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { cardOf, centreOf, columnOf, deal, fingerOn, handleOf, type Place } from './testing/board-page.ts';
import { describePage, type Company } from './testing/page.ts';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';

const STAGES = 15;

/** A deal in the first of more stages than any window is wide. */
async function openLongDeal({ server }: Company, title: string): Promise<string> {
  const { body } = await server.post('/api/v1/opportunities', {
    ...{ title, owner: 'Hao Chen', pipelineId: 'long', stageId: 's1' },
    amount: { minorUnits: 1_234_500, currency: 'USD' },
  });
  await server.get(`/api/v1/board?after=${body.position}`);
  return body.id;
}

const scrolled = (page: Page): Promise<number> => page.evaluate<number>('scrollX');
const isAtEnd = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('scrollX + innerWidth >= document.documentElement.scrollWidth - 1');

/** Keeps what drags a card near the right edge until the window has scrolled as far as it can. */
async function holdAtEdge(page: Page, lead: (place: Place) => Promise<void>): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {};
  let nudge = 0;
  await eventually(async () => {
    nudge = 1 - nudge;
    await lead({ x: width - 130, y: 400 + nudge });
    expect(await isAtEnd(page)).toBe(true);
  });
}

describePage('a board that is wider than the window', (company) => {
  beforeAll(async () => {
    const stage = { expectedDuration: { count: 1, unit: 'months' }, requires: [] };
    await company.server.post('/api/v1/pipelines', {
      id: 'long',
      name: 'Long',
      stages: Array.from({ length: STAGES }, (_, index) => ({
        ...stage,
        ...{ id: `s${index + 1}`, name: `Stage ${index + 1}`, successRate: 600 * (index + 1) },
      })),
    });
  });

  test('scrolls under a card that the mouse leads to its edge, and what surrounds it stays', async () => {
    const id = await openLongDeal(company, 'Far by mouse');
    const page = await company.visit({ path: '/board?pipeline=long&q=mouse', width: 1024 });
    const start = await centreOf(cardOf(page, id));
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(start.x + 12, start.y + 4, { steps: 3 });
    await holdAtEdge(page, ({ x, y }) => page.mouse.move(x, y, { steps: 3 }));
    expect((await page.getByRole('navigation', { name: 'Main navigation' }).boundingBox())?.x).toBe(0);
    expect((await page.getByRole('heading', { name: 'Board' }).boundingBox())?.x).toBeGreaterThan(0);
    const end = await centreOf(columnOf(page, 'Stage 15'));
    await page.mouse.move(end.x, end.y, { steps: 5 });
    await page.getByText('“Far by mouse” is over Stage 15.').waitFor({ state: 'attached' });
    await page.mouse.up();
    const dialog = page.getByRole('dialog', { name: /to Stage 15/ });
    await dialog.getByLabel('Reason').fill('They were faster');
    await dialog.getByRole('button', { name: 'Move' }).click();
    await eventually(async () => expect(await deal(company, id)).toMatchObject({ stageId: 's15' }));
  });

  test('scrolls under a card that a finger leads to its edge', async () => {
    const id = await openLongDeal(company, 'Far by finger');
    const page = await company.visit({ path: '/board?pipeline=long&q=finger', width: 1024, touch: true });
    const finger = await fingerOn(page);
    await finger.down(await centreOf(cardOf(page, id)));
    await page.getByText('Lifted “Far by finger” from Stage 1.').waitFor({ state: 'attached' });
    await holdAtEdge(page, finger.lead);
    await finger.lead(await centreOf(columnOf(page, 'Stage 15')));
    await page.getByText('“Far by finger” is over Stage 15.').waitFor({ state: 'attached' });
    await finger.lift();
    await page.getByRole('dialog', { name: /to Stage 15/ }).waitFor();
  });

  test('is crossed by keys from the first column to won and back', async () => {
    const id = await openLongDeal(company, 'Far by keys');
    const page = await company.visit({ path: '/board?pipeline=long&q=keys', width: 1024 });
    const places = [...Array.from({ length: STAGES }, (_, index) => `Stage ${index + 1}`), 'Won'];
    await handleOf(page, id).focus();
    await page.keyboard.press('Space');
    await page.getByText('Lifted “Far by keys” from Stage 1.').waitFor({ state: 'attached' });
    for (const place of places.slice(1)) {
      await page.keyboard.press('ArrowRight');
      await page.getByText(`“Far by keys” is over ${place}.`, { exact: true }).waitFor({ state: 'attached' });
    }
    expect(await isAtEnd(page)).toBe(true);
    for (const place of places.toReversed().slice(1)) {
      await page.keyboard.press('ArrowLeft');
      await page.getByText(`“Far by keys” is over ${place}.`, { exact: true }).waitFor({ state: 'attached' });
    }
    expect(await scrolled(page)).toBe(0);
    await page.keyboard.press('Escape');
  });

  test('offers won, lost and suspended to the finger on a phone while it drags a card', async () => {
    const id = await openLongDeal(company, 'By thumb');
    const page = await company.visit({ path: '/board?pipeline=long&q=thumb', width: 390, touch: true });
    const ends = page.getByRole('group', { name: 'Out of the board' });
    const finger = await fingerOn(page);
    await finger.down(await centreOf(cardOf(page, id)));
    await ends.getByText('Lost').waitFor();
    const box = await ends.getByText('Lost').locator('..').boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
    await finger.lead(await centreOf(ends.getByText('Lost')));
    await page.getByText('“By thumb” is over Lost.').waitFor({ state: 'attached' });
    await finger.lift();
    const dialog = page.getByRole('dialog', { name: 'Lose “By thumb”' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await cardOf(page, id).waitFor();
    expect(await ends.isVisible()).toBe(false);
  });

  test('goes from column to column on a phone under a card that the finger leads to the edge', async () => {
    const id = await openLongDeal(company, 'Across by thumb');
    const page = await company.visit({ path: '/board?pipeline=long&q=across', width: 390, touch: true });
    const finger = await fingerOn(page);
    await finger.down(await centreOf(cardOf(page, id)));
    await page.getByText('Lifted “Across by thumb” from Stage 1.').waitFor({ state: 'attached' });
    let nudge = 0;
    await eventually(async () => {
      nudge = 1 - nudge;
      await finger.lead({ x: 340, y: 400 + nudge });
      expect(await scrolled(page)).toBeGreaterThan(2 * 368);
    });
    await page.keyboard.press('Escape');
    await finger.lift();
  });
});
