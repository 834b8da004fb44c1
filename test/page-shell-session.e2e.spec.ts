import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

const TOKEN = 'a-token-of-a-manager';
const READER = 'a-token-of-a-reader';
const ASSETS = new URL('../dist/web/assets/', import.meta.url);

/** The scripts of parts of the built page, with whatever these say that they cannot be without. */
function scriptsOf(...parts: readonly string[]): readonly string[] {
  const names = readdirSync(ASSETS).filter((name) => name.endsWith('.js'));
  const needed = new Set(names.filter((name) => parts.some((part) => name.startsWith(`${part}-`))));
  expect(needed.size).toBe(parts.length);
  for (const name of needed) {
    const code = readFileSync(new URL(name, ASSETS), 'utf8');
    for (const [, other] of code.matchAll(/(?:from|import)["'`]\.\/([\w.-]+\.js)["'`]/g)) needed.add(other!);
  }
  return [...needed];
}

async function signIn(page: Page, token: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Sign in' });
  await dialog.getByLabel('Token').fill(token);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

describePage(
  'a server that asks for a token',
  (company) => {
    test('is told a wrong one, lets the right one in, and sends it live events', async () => {
      const page = await company.visit({ path: '/deals?q=signed' });
      const dialog = page.getByRole('dialog', { name: 'Sign in' });
      await dialog.waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.getByText('Live', { exact: true }).count()).toBe(0);
      await dialog.getByLabel('Token').fill('a-token-of-nobody-here');
      await dialog.getByRole('button', { name: 'Sign in' }).click();
      await dialog.getByText('The server does not know this token.').waitFor();
      await signIn(page, TOKEN);
      await page.getByText('Live', { exact: true }).waitFor();
      const authorization = { authorization: `Bearer ${TOKEN}` };
      await company.server.post('/api/v1/opportunities', { title: 'Signed in', owner: 'Ann' }, authorization);
      await page.getByRole('table', { name: 'Deals' }).getByRole('link', { name: 'Signed in' }).waitFor();
    });

    test('is never sent what no header can carry', async () => {
      const page = await company.visit({ path: '/deals' });
      const dialog = page.getByRole('dialog', { name: 'Sign in' });
      await dialog.getByLabel('Token').fill(`“${TOKEN}”`);
      await dialog.getByText(/^A token has plain letters/).waitFor();
      expect(await dialog.getByRole('button', { name: 'Sign in' }).isDisabled()).toBe(true);
      await page.evaluate("localStorage.setItem('dealtrail.token', '令牌')");
      await page.reload();
      await signIn(page, TOKEN);
      await page.getByRole('table', { name: 'Deals' }).waitFor();
    });

    test('asks for another one as soon as it no longer knows that of an open page', async () => {
      const page = await company.visit({ path: '/board' });
      await signIn(page, TOKEN);
      await page.locator('[data-deal]').first().waitFor();
      await page.evaluate("localStorage.setItem('dealtrail.token', 'a-token-that-was-revoked')");
      await page.getByRole('link', { name: 'Operations' }).click();
      await signIn(page, TOKEN);
      await page.getByRole('heading', { level: 1, name: 'Operations' }).waitFor();
    });

    test('is signed in to once for every tab, and out of by name', async () => {
      const page = await company.visit({ path: '/deals' });
      await signIn(page, READER);
      const link = page.getByRole('table', { name: 'Deals' }).getByRole('link').first();
      const [tab] = await Promise.all([
        page.context().waitForEvent('page'),
        link.click({ modifiers: ['ControlOrMeta'] }),
      ]);
      await tab.getByRole('button', { name: 'Actions' }).waitFor();
      await tab.getByRole('button', { name: 'Signed in as bob, reader' }).click();
      expect(await accessibilityFaults(tab)).toEqual([]);
      await tab.getByRole('menuitem', { name: 'Sign out' }).click();
      for (const each of [tab, page]) await each.getByRole('dialog', { name: 'Sign in' }).waitFor();
      await page.getByRole('table', { name: 'Deals' }).waitFor({ state: 'detached' });
    });

    test('says in one notice that the audit is not open to a role', async () => {
      const page = await company.visit({ path: '/audit' });
      await signIn(page, READER);
      await page.getByText('The audit is not open to your role').waitFor();
      expect(await page.getByRole('form').count()).toBe(0);
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  },
  { deals: 10, variables: { DEALTRAIL_TOKENS: `${TOKEN}=ann:manager,${READER}=bob:reader` } },
);

describePage(
  'an open page',
  (company) => {
    test('stays while its server is away, and opens the next one when it is back', async () => {
      const page = await company.visit({ path: '/board' });
      await page.getByText('Live', { exact: true }).waitFor();
      await page.evaluate('globalThis.isSame = true');
      await page.route('**/assets/*.js', (route) => route.abort());
      await page.context().setOffline(true);
      await page.getByText('Offline', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Audit' }).click();
      await page.waitForURL('**/audit');
      await page
        .getByRole('alert')
        .getByText(/No connection to the server/)
        .waitFor();
      await page.unrouteAll();
      await page.context().setOffline(false);
      await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
      expect(await page.evaluate('globalThis.isSame')).toBe(true);
    });

    test('says that the code of a dialog did not come, gives the focus back, and asks for it again', async () => {
      const page = await company.visit({ path: '/operations' });
      await page.route('**/assets/*-dialog-*.js', (route) => route.abort());
      await page.goto(`${company.server.url}/board`);
      const open = page.getByRole('button', { name: 'New deal' });
      await open.click();
      const missing = page.getByRole('dialog', { name: 'Something in this page went wrong' });
      await missing.getByRole('button', { name: 'Load the page again' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await open.and(page.locator(':focus')).waitFor();
      await page.unrouteAll();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'New deal' }).getByLabel('Title').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Escape');
      await open.and(page.locator(':focus')).waitFor();
    });

    test('has fetched beforehand what opens on it, for when there is no connection', async () => {
      const page = await company.visit({ path: '/board' });
      const dialogs = ['new-deal-dialog', 'step-dialog', 'card-conflict', 'undo-conflict', 'command-palette'];
      const scripts = scriptsOf('quick-add', ...dialogs);
      await eventually(async () => {
        const fetched = await page.evaluate<string>(
          "performance.getEntriesByType('resource').map(({ name }) => name).join(' ')",
        );
        expect(scripts.filter((script) => !fetched.includes(script))).toEqual([]);
      });
      await page.context().setOffline(true);
      await page.getByText('Offline', { exact: true }).waitFor();
      await page
        .getByRole('button', { name: /^Add a deal to / })
        .first()
        .click();
      await page.getByRole('form').getByLabel('Title').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await page.getByRole('dialog', { name: 'New deal' }).waitFor();
    });

    test('brings the board with at most 250 kB of scripts', () => {
      const scripts = scriptsOf('index', 'board-page');
      const sizes = scripts.map((script) => statSync(new URL(`${script}.br`, ASSETS)).size);
      expect(scripts.length).toBeGreaterThan(5);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(250_000);
    });

    test('forgets what it heard of a log that is no longer there', async () => {
      const event = {
        stream: 'opportunity-gone',
        type: 'OpportunityOpened',
        position: '00ffffffffffffff',
        occurredAt: new Date().toISOString(),
      };
      const page = await company.visit();
      await page.route('**/api/v1/live', (route) =>
        route.fulfill({ contentType: 'text/event-stream', body: `data: ${JSON.stringify(event)}\n\n` }),
      );
      const refused = page.waitForResponse((response) => response.status() === 400);
      await page.goto(`${company.server.url}/board`);
      await refused;
      await page.unrouteAll();
      await page.getByText('Live', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Deals' }).click();
      await page.getByRole('table', { name: 'Deals' }).getByRole('link').first().waitFor();
    });
  },
  { deals: 10 },
);
