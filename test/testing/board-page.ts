import type { Locator, Page } from 'playwright-core';
import type { Company } from './page.ts';

export interface Card {
  readonly id: string;
  readonly title: string;
  readonly revision: number;
  readonly stageId: string;
}

export interface Column {
  readonly stage: { readonly id: string; readonly name: string };
  readonly count: number;
  readonly worth: readonly { readonly currency: string; readonly amount: number; readonly weightedAmount: number }[];
  readonly cards: readonly Card[];
}

export async function columnsOf({ server }: Company, query = ''): Promise<readonly Column[]> {
  const { body } = await server.get(`/api/v1/board?cards=200&after=${await server.head()}${query}`);
  return body.columns;
}

export async function deal({ server }: Company, id: string): Promise<Card & { status: string; owner: string }> {
  const { body } = await server.get(`/api/v1/opportunities/${id}?after=${await server.head()}`);
  return body;
}

/** A deal of its own for a test, on top of the first column or the one named. */
export async function openDeal({ server }: Company, title: string, stageId = 'potential'): Promise<string> {
  const amount = { minorUnits: 1_234_500, currency: 'USD' };
  const { body } = await server.post('/api/v1/opportunities', { title, owner: 'Hao Chen', stageId, amount });
  await server.get(`/api/v1/board?after=${body.position}`);
  return body.id;
}

export const columnOf = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
export const cardOf = (page: Page, id: string): Locator => page.locator(`[data-deal="${id}"]`);
export const handleOf = (page: Page, id: string): Locator => cardOf(page, id).getByRole('link');

export async function idsIn(page: Page, name: string): Promise<readonly string[]> {
  const cards = columnOf(page, name).locator('[data-deal]');
  return cards.evaluateAll((found) =>
    found
      .toSorted((left, right) => left.getBoundingClientRect().top - right.getBoundingClientRect().top)
      .map((card) => card.getAttribute('data-deal') ?? ''),
  );
}

export function focusedDeal(page: Page): Promise<string | null> {
  return page.locator('[data-deal]:focus-within').getAttribute('data-deal');
}

export async function centreOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('It is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 200) };
}

export async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  // Waits until it stands still.
  await from.hover();
  const start = await centreOf(from);
  const end = await centreOf(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 12, start.y + 4, { steps: 3 });
  await page.mouse.move(end.x, end.y, { steps: 12 });
  // The board follows the mouse once a frame, and what is dropped before lies where it was.
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  await page.mouse.up();
}

/** Lifts a card by the keys and drops it where they lead it. */
export async function dropByKeys(page: Page, id: string, title: string, over: readonly string[]): Promise<void> {
  await handleOf(page, id).focus();
  await page.keyboard.press('Space');
  await page.getByText(new RegExp(`^Lifted “${title}”`)).waitFor({ state: 'attached' });
  for (const place of over) {
    await page.keyboard.press('ArrowRight');
    await page.getByText(`“${title}” is over ${place}.`, { exact: true }).waitFor({ state: 'attached' });
  }
  await page.keyboard.press('Space');
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A finger that is put down, led along and lifted. */
export async function fingerOn(page: Page) {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Place[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  let at: Place = { x: 0, y: 0 };
  return {
    async down(place: Place): Promise<void> {
      at = place;
      await touch('touchStart', [place]);
    },
    async lead({ x, y }: Place): Promise<void> {
      const from = at;
      for (let step = 1; step <= 10; step += 1) {
        at = { x: from.x + ((x - from.x) * step) / 10, y: from.y + ((y - from.y) * step) / 10 };
        await touch('touchMove', [at]);
      }
    },
    async lift(): Promise<void> {
      await touch('touchEnd', []);
    },
  };
}
