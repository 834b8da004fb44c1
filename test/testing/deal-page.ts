import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Company } from './page.ts';

export const OPENED = '2026-01-05T09:00:00.000Z';
const MOVED = '2026-03-03T10:12:00.000Z';
const RAISED = '2026-04-01T08:00:00.000Z';

let deals = 0;

/** A deal that was opened, moved, worked on and raised long ago; its id. */
export async function aDeal(company: Company): Promise<string> {
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

export async function carryOut(company: Company, id: string, command: string, body: object = {}): Promise<void> {
  await post(company, `/api/v1/opportunities/${id}/${command}`, body);
}

async function post(company: Company, path: string, body: object): Promise<void> {
  const answer = await company.server.post(path, body);
  expect(answer.body).toMatchObject({ position: expect.any(String) });
}

export async function readDeal(company: Company, id: string): Promise<unknown> {
  const { body } = await company.server.get(`/api/v1/opportunities/${id}?after=${await company.server.head()}`);
  return body;
}

export async function editAmount(page: Page, amount: string) {
  await page.getByRole('button', { name: /Edit Amount/ }).click();
  const input = page.getByRole('textbox', { name: 'Amount (USD)' });
  await input.fill(amount);
  return input;
}

export async function chooseAction(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

export async function offered(page: Page): Promise<readonly string[]> {
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem').first().waitFor();
  const names = await page.getByRole('menuitem').allTextContents();
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
  return names;
}
