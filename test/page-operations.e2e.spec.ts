import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { openSqliteEventStore } from '../libs/eventsourcing/sqlite/sqlite-event-store.ts';
import { chain } from '../libs/eventsourcing/hash-chain.ts';
import { PATIENCE_MILLISECONDS, eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

const path = '/operations';

describePage('the page of operations', (company) => {
  test('shows every projection as the server sees it, and that nothing is parked', async () => {
    const page = await company.visit({ path });
    await page.getByRole('heading', { level: 1, name: 'Operations' }).waitFor();
    const { projections } = (await company.server.get('/api/v1/projections')).body;
    for (const { name, generation } of projections) {
      const row = page.getByRole('row').filter({ hasText: generation });
      await row.getByText(name, { exact: true }).waitFor();
      await row.getByText('Running').waitFor();
    }
    await page.getByText('Nothing is parked').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('rebuilds a projection with its progress to the end, which reads the same, and rolls it back', async () => {
    const { server } = company;
    const board = (await server.get('/api/v1/board')).body;
    const { generation } = (await server.get('/api/v1/projections/opportunities')).body;
    const page = await company.visit({ path });
    await page.getByRole('button', { name: 'Rebuild opportunities' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rebuild opportunities' });
    await dialog.getByLabel('Reason (optional)').fill('a drill');
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Rebuild', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const progress = page.getByRole('progressbar', { name: 'Rebuild of opportunities' });
    await progress.waitFor();
    await page.getByText(/^Rebuilt: build opportunities@\S+ serves\.$/).waitFor();
    expect(await progress.getAttribute('aria-valuenow')).toBe('100');
    const rebuilt = (await server.get('/api/v1/projections/opportunities')).body;
    expect(rebuilt).toMatchObject({ previousGeneration: generation });
    expect((await server.get('/api/v1/board')).body).toEqual(board);

    // What it showed is told later, too.
    await page.reload();
    const row = page.getByRole('row').filter({ hasText: /^opportunities/ });
    await row.getByText('By local: a drill').waitFor();
    await row.getByText(/^No difference to the build before, of [1-9][\d,]* documents$/).waitFor();

    await page.getByRole('button', { name: 'Roll back opportunities' }).click();
    await page.getByRole('dialog').getByText(generation).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText(`opportunities serves build ${generation} again.`).waitFor();
    expect((await server.get('/api/v1/projections/opportunities')).body.generation).toBe(generation);
  });

  test.each([
    ['light', 'zh', 390],
    ['dark', 'zh', 1024],
    ['dark', 'en', 390],
  ] as const)('is whole and accessible in %s, %s, at %d px', async (theme, language, width) => {
    const page = await company.visit({ path: `${path}?projection=pipelines`, theme, language, width });
    await page.getByRole('heading', { level: 1, name: language === 'zh' ? '运维' : 'Operations' }).waitFor();
    await page.getByText(language === 'zh' ? '没有搁置的事件' : 'Nothing is parked').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });
});

describePage(
  'the page of operations, with events of a later release',
  (company) => {
    test('has a parked event retried once its cause is gone, and another discarded with a reason', async () => {
      const { server } = company;
      const file = join(server.data, 'events.db');
      const known = (await server.get('/api/v1/opportunities?limit=1')).body.opportunities[0].id;
      const positions = [];
      for (const id of ['mended', 'hopeless']) positions.push(await appendOfLaterRelease(file, known, id));
      const [mended, hopeless] = positions.map((position) => String(Number(position))) as [string, string];

      const page = await company.visit({ path });
      const row = (position: string) => page.getByRole('row').filter({ hasText: `Position ${position}` });
      await row(mended).getByText('No definition of the stored event type OpportunityOpened.v99').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);

      await page.getByRole('button', { name: `Retry the event at ${mended}` }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
      await page.getByRole('dialog').getByText('Say why: it is kept for good.').waitFor();
      const since = (await server.get('/api/v1/projections/opportunities/parked')).body.events[0].parkedAt;
      await page.getByRole('dialog').getByLabel('Reason').fill('perhaps it works now');
      await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
      await row(mended)
        .getByText(/^Retried by local, .* UTC: perhaps it works now\. It failed again\.$/)
        .waitFor();
      expect((await server.get('/api/v1/projections/opportunities/parked')).body.events[0].parkedAt).toBe(since);
      const download = page.waitForEvent('download');
      await page.getByRole('heading', { name: 'Parked events' }).locator('xpath=../../..').getByText('CSV').click();
      const saved = await readFile(await (await download).path(), 'utf8');
      expect(saved).toContain('OpportunityOpened.v99,opportunity-mended,"Retried by local');

      asOfThisRelease(file, known, 'mended');
      await page.getByRole('button', { name: `Retry the event at ${mended}` }).click();
      await page.getByRole('dialog').getByLabel('Reason').fill('the server was updated');
      await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
      await row(mended).waitFor({ state: 'detached' });
      await eventually(async () => {
        expect((await server.get('/api/v1/opportunities/mended')).status).toBe(200);
      });

      await page.getByRole('button', { name: `Discard the event at ${hopeless}` }).click();
      await page.getByRole('dialog').getByLabel('Reason').fill('written by mistake');
      await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
      await row(hopeless)
        .getByText(/Discarded by local, .*: written by mistake/)
        .waitFor();
      const { body } = await server.get('/api/v1/projections/opportunities/parked');
      expect(body.events).toMatchObject([{ position: positions[1], discarded: { reason: 'written by mistake' } }]);

      // A new build tries it again, and still tells what was decided.
      await server.post('/api/v1/projections/opportunities/rebuild', {});
      await row(hopeless)
        .getByText(/^Discarded by local, .*, in an earlier build: written by mistake\. The rebuild brought it back\.$/)
        .waitFor();
    });
  },
  { deals: 60 },
);

describePage(
  'the page of operations, for somebody who may only read',
  (company) => {
    test('says that the role may not rebuild', async () => {
      const page = await company.visit({ path });
      const token = page.getByLabel('Token');
      await token.fill('reader-token-01234');
      await page.getByRole('button', { name: 'Sign in' }).click();
      const rebuild = page.getByRole('button', { name: 'Rebuild pipelines' });
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await rebuild.and(page.locator(':disabled')).waitFor();
      expect(await rebuild.getAttribute('title')).toContain('Only administrators may operate projections.');
    });
  },
  { deals: 5, variables: { DEALTRAIL_TOKENS: 'reader-token-01234=rita:reader' } },
);

/** Appends an event of a type that this release does not know yet, as after an update was taken back. */
async function appendOfLaterRelease(file: string, known: string, id: string): Promise<string> {
  const eventStore = await openSqliteEventStore({ file });
  try {
    const [opened] = await eventStore.readStream(`opportunity-${known}`);
    const { type, data, metadata, occurredAt } = opened!;
    const event = {
      id: crypto.randomUUID(),
      type: type.replace(/\d+$/, '99'),
      data: data.replaceAll(known, id),
      metadata,
      occurredAt,
      recordedAt: new Date().toISOString(),
    };
    const stream = `opportunity-${id}`;
    const { position } = await eventStore.append(stream, 'no_stream', chain(stream, 0, '', [event]));
    return position;
  } finally {
    await eventStore.close();
  }
}

/** As if the release that knows the type were back. */
function asOfThisRelease(file: string, known: string, id: string): void {
  const database = new DatabaseSync(file, { timeout: PATIENCE_MILLISECONDS });
  database
    .prepare('UPDATE events SET type = (SELECT type FROM events WHERE stream = ? AND revision = 0) WHERE stream = ?')
    .run(`opportunity-${known}`, `opportunity-${id}`);
  database.close();
}
