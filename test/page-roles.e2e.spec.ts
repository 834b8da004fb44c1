import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

const tokens = {
  manager: 'manager-token-0123',
  reader: 'reader-token-01234',
  rep: 'rep-token-01234567',
};
const DEALTRAIL_TOKENS = Object.entries(tokens)
  .map(([role, token]) => `${token}=${role}-1:${role}`)
  .join(',');

describePage(
  'the page of a role',
  (company) => {
    async function visit(role: keyof typeof tokens, path: string): Promise<Page> {
      const page = await company.visit({ path });
      await page.getByRole('dialog').getByLabel('Token').fill(tokens[role]);
      await page.getByRole('dialog').getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      return page;
    }
    const as = (role: keyof typeof tokens) => ({ authorization: `Bearer ${tokens[role]}` });

    test('that reads only offers nothing that changes a deal', async () => {
      const { body } = await company.server.get('/api/v1/opportunities?status=open&limit=1', as('reader'));
      const page = await visit('reader', '/board');
      const add = page.getByRole('button', { name: 'New deal' });
      await page.locator('[data-deal]').first().waitFor();
      await eventually(async () =>
        expect([await add.isDisabled(), await add.getAttribute('title')]).toEqual([true, 'Your role reads only.']),
      );
      expect(await page.getByRole('button', { name: /^Add a deal to/ }).count()).toBe(0);
      expect(await page.getByRole('group', { name: 'Out of the board' }).count()).toBe(0);
      expect(await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).count()).toBe(0);
      expect(await accessibilityFaults(page)).toEqual([]);

      await page.goto(`${company.server.url}/deals/${body.opportunities[0].id}`);
      const actions = page.getByRole('button', { name: 'Actions' });
      await eventually(async () =>
        expect([await actions.isDisabled(), await actions.getAttribute('title')]).toEqual([
          true,
          'Your role reads only.',
        ]),
      );
      // The way to the audit would end at its door.
      await page.getByRole('list', { name: 'Timeline' }).getByRole('listitem').first().waitFor();
      expect(await page.getByRole('link', { name: /^Show in the audit/ }).count()).toBe(0);
      await page.goto(`${company.server.url}/operations`);
      const rebuild = page.getByRole('button', { name: 'Rebuild opportunities' });
      await rebuild.and(page.locator(':disabled')).waitFor();
    });

    test('of a rep leaves reopening to managers, and opens deals as its own', async () => {
      const { body } = await company.server.get('/api/v1/opportunities?status=lost&limit=1', as('rep'));
      const path = `/deals/${body.opportunities[0].id}`;
      const page = await visit('rep', path);
      await page.getByRole('button', { name: 'Actions' }).click();
      const reopen = page.getByRole('menuitem', { name: /^Reopen/ });
      await reopen.and(page.locator('[aria-disabled=true]')).waitFor();
      await reopen.getByText('For managers and admins only.').waitFor();
      await page.goto(`${company.server.url}/board`);
      await page.getByRole('button', { name: 'New deal' }).click();
      await eventually(async () =>
        expect(await page.getByRole('dialog').getByLabel('Owner').inputValue()).toBe('rep-1'),
      );
      await page.goto(`${company.server.url}/imports`);
      await page.getByText('Only managers and administrators may import.').first().waitFor();

      const other = await visit('manager', path);
      await other.getByRole('button', { name: 'Actions' }).click();
      await other.getByRole('button', { name: 'Signed in as manager-1, manager' }).waitFor();
      expect(await other.getByRole('menuitem', { name: /^Reopen/ }).getAttribute('aria-disabled')).toBeNull();
    });

    test('fills the form of a new deal with what is known only after it was opened, and leaves what was typed', async () => {
      const page = await visit('rep', '/deals');
      await page.getByRole('table', { name: 'Deals' }).waitFor();
      const known = Promise.withResolvers<void>();
      for (const late of ['**/api/v1/me', '**/api/v1/pipelines'])
        await page.route(late, async (route) => {
          await known.promise;
          await route.continue();
        });
      await page.goto(`${company.server.url}/deals`);
      await page.getByRole('button', { name: 'New deal' }).click();
      const form = page.getByRole('dialog', { name: 'New deal' });
      await form.getByLabel('Title').fill('Early bird');
      known.resolve();
      await eventually(async () => expect(await form.getByLabel('Owner').inputValue()).toBe('rep-1'));
      await eventually(async () => expect(await form.getByLabel('Stage').inputValue()).toBe('potential'));
      expect(await form.getByLabel('Title').inputValue()).toBe('Early bird');
      await form.getByRole('button', { name: 'Open the deal' }).click();
      await form.waitFor({ state: 'detached' });
      await eventually(async () => {
        const { body } = await company.server.get('/api/v1/opportunities?q=early%20bird', as('rep'));
        expect(body.opportunities).toMatchObject([{ title: 'Early bird', owner: 'rep-1', stageId: 'potential' }]);
      });
    });
  },
  { variables: { DEALTRAIL_TOKENS } },
);
