import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';
import type { TestServer } from './testing/running-server.ts';

/** A position as the page tells it. */
const shown = (position: string): string => String(Number(position));

describePage('the page of the audit', (company) => {
  test('lists the events of the log as the API tells them, page after page', async () => {
    const page = await company.visit({ path: '/audit' });
    await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
    const rows = page.getByRole('table').getByRole('row');
    await eventually(async () => expect(await rows.count()).toBe(51));
    await page.getByRole('button', { name: 'Further events' }).click();
    await eventually(async () => expect(await rows.count()).toBe(101));
    const { body } = await company.server.get('/api/v1/audit/events?limit=100');
    expect(await rows.last().textContent()).toContain(shown(body.events[99].position));
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('narrows the events by what is written into the filters, and says so in the address', async () => {
    const { server } = company;
    const [{ actor }] = (await server.get('/api/v1/audit/events?type=OpportunityWon&limit=1')).body.events;
    const query = `type=OpportunityWon&actor=${actor.id}&source=sample&recordedFrom=2024-01-01&order=oldest`;
    const { events } = (await server.get(`/api/v1/audit/events?${query}`)).body;
    const page = await company.visit({ path: '/audit' });
    const filters = page.getByRole('form', { name: 'Which events' });
    await filters.getByLabel('Type of event').fill('OpportunityWon');
    await filters.getByLabel('Actor').fill(actor.id);
    await filters.getByLabel('Source').selectOption('sample');
    await filters.getByLabel('Recorded from').fill('2024-01-01');
    await filters.getByLabel('Order').selectOption('oldest');
    await filters.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/order=oldest/);
    const rows = page.getByRole('table').getByRole('row');
    await rows.nth(1).getByText(shown(events[0].position)).waitFor();
    expect(await rows.count()).toBe(events.length + 1);
    const colleague = await company.visit({ path: new URL(page.url()).pathname + new URL(page.url()).search });
    await colleague.getByRole('table').getByRole('row').nth(1).getByText(shown(events[0].position)).waitFor();

    await filters.getByLabel('Actor').fill('nobody');
    await filters.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('No event fits').waitFor();
  });

  test('opens one event beside the list: its fields, what it changed, its chain, and the way to its deal', async () => {
    const [event] = (await company.server.get('/api/v1/audit/events?type=OpportunityStageMoved&limit=1')).body.events;
    const { stream, position } = event;
    const { chain, changes, metadata, previous } = (await company.server.get(`/api/v1/audit/events/${position}`)).body;
    const page = await company.visit({ path: `/audit?stream=${stream}&position=${position}` });
    const panel = page.getByRole('region', { name: 'OpportunityStageMoved' });
    await panel.getByText('As it was recorded').waitFor();
    await panel.getByText('follows on the one before it').waitFor();
    await panel.getByText('Hashes (SHA-256)').click();
    await panel.getByText(chain.recomputedHash).first().waitFor();
    await panel.getByText(metadata.commandFingerprint).waitFor();
    const names = new Map([
      ['stageId', 'Stage'],
      ['stageEnteredAt', 'In its stage since'],
      ['skipped', 'Skipped'],
    ]);
    for (const { field } of changes)
      await panel.getByRole('rowheader', { name: names.get(field) ?? field, exact: true }).waitFor();
    const href = await panel.getByRole('link', { name: 'To the deal' }).getAttribute('href');
    expect(href).toBe(`/deals/${stream.slice('opportunity-'.length)}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    await panel.getByRole('link', { name: 'Event before in the stream' }).click();
    await page.waitForURL(new RegExp(`position=${previous}`));
  });

  test('gives the focus to an event that is opened, and back to its row when Escape or the cross closes it', async () => {
    const page = await company.visit({ path: '/audit' });
    const row = page.getByRole('table').getByRole('row').nth(3).getByRole('link').first();
    const panel = page.getByRole('region', { name: (await row.textContent()) ?? '' });
    for (const close of [
      () => page.keyboard.press('Escape'),
      () => panel.getByRole('link', { name: 'Close the event' }).press('Enter'),
    ]) {
      await row.focus();
      await page.keyboard.press('Enter');
      await panel.waitFor();
      await eventually(async () =>
        expect(await panel.evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true),
      );
      await close();
      await panel.waitFor({ state: 'detached' });
      expect(await row.evaluate((link) => link === link.ownerDocument.activeElement)).toBe(true);
    }
  });

  test('proves the log intact, keeps the proof as a file, and finds the noted digest again', async () => {
    const page = await company.visit({ path: '/audit?section=verify' });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('The log is intact').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download JSON' }).click();
    const proof = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    expect(proof).toMatchObject({ intact: true, position: await company.server.head(), faultCount: 0 });
    expect(await accessibilityFaults(page)).toEqual([]);

    const noted = page.getByLabel('Position and digest of an earlier proof');
    await noted.fill('12');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('This is no position, colon and 64 hexadecimal digits.').waitFor();
    await noted.fill(`${proof.position}:${proof.digest}`);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(`The noted digest was found again at position ${shown(proof.position)}`).waitFor();
  });

  test('replays to a recorded moment and shows the funnel that the API told there', async () => {
    const page = await company.visit({ path: '/audit?section=replay' });
    const head = Number(await company.server.head());
    const at = String(Math.floor(head / 2));
    await page.getByLabel('Moment').fill(at);
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByRole('table').first().waitFor();
    const job = new URL(page.url()).searchParams.get('job');
    const { result } = (await company.server.get(`/api/v1/audit/replays/${job}`)).body;
    expect(result.events).toBe(Number(at));
    await expectFunnel(result.funnels[0]);
    expect(await accessibilityFaults(page)).toEqual([]);

    // All that was ever recorded is what the reports answer now.
    await page.getByLabel('Moment').fill(String(head));
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByText(`${new Intl.NumberFormat('en-GB').format(head)} events`).waitFor();
    await expectFunnel((await company.server.get('/api/v1/funnel')).body);

    // oxlint-disable-next-line no-explicit-any
    async function expectFunnel({ total }: any): Promise<void> {
      const rows = page.getByRole('table').first().getByRole('row');
      for (const stage of total.stages) {
        const row = rows.filter({ has: page.getByRole('cell', { name: stage.name, exact: true }) });
        expect((await row.getByRole('cell').nth(1).textContent())?.replaceAll(',', '')).toBe(String(stage.open));
        expect(digits(await row.getByRole('cell').nth(4).textContent())).toBe(String(stage.worth[0].amount));
      }
    }
  });

  test('tells what differs between two moments', async () => {
    const { server } = company;
    const from = await server.head();
    const [won, changed] = (await server.get('/api/v1/opportunities?status=open&limit=2')).body.opportunities;
    await command(server, '/api/v1/opportunities', { id: 'appeared', title: 'A new press', owner: 'ann' });
    await command(server, `/api/v1/opportunities/${changed.id}/correct-details`, { title: 'Renamed', reason: 'typo' });
    await command(server, `/api/v1/opportunities/${won.id}/win`, {});
    const page = await company.visit({ path: '/audit?section=difference' });
    await page.getByLabel('Earlier moment').fill(from);
    await page.getByLabel('Later moment').fill(await server.head());
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('heading', { name: 'Appeared (1)' }).waitFor();
    await page.getByRole('link', { name: 'A new press' }).waitFor();
    await page.getByRole('region', { name: 'Ended (1)' }).getByText('Won').waitFor();
    await page
      .getByRole('region', { name: /^Changed/ })
      .getByText(`${changed.title} → Renamed`)
      .waitFor();
    await page.getByRole('region', { name: 'Sums by stage' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test.each([
    ['dark', 'zh', 390, 'verify', '证明没有任何内容被修改、删除或插入'],
    ['light', 'zh', 1024, 'replay', '某一记录时刻的数据'],
    ['dark', 'en', 390, 'difference', 'What differs between two recorded moments'],
    ['dark', 'zh', 390, 'events', '事件'],
  ] as const)('is whole and accessible in %s, %s, at %d px: %s', async (theme, language, width, section, title) => {
    const position = await company.server.head();
    const path = section === 'events' ? `/audit?position=${position}` : `/audit?section=${section}`;
    const page = await company.visit({ path, theme, language, width });
    await page.getByRole('heading', { level: 2, name: title }).waitFor();
    if (section === 'events') await page.getByText('与记录时一致').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  test('shows what was altered, in the proof and in the event', async () => {
    const [event] = (await company.server.get('/api/v1/audit/events?type=OpportunityWon&limit=1')).body.events;
    const database = new DatabaseSync(join(company.server.data, 'events.db'));
    database
      .prepare('UPDATE events SET data = replace(data, ?, ?) WHERE position = ?')
      .run('0', '9', Number(event.position));
    database.close();
    const page = await company.visit({ path: '/audit?section=verify' });
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('The log is not intact: 1 fault').waitFor();
    await page.getByRole('link', { name: shown(event.position) }).click();
    await page.getByText('Not as it was recorded').waitFor();
    await page.getByText('the event was altered after it was recorded').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});

describePage(
  'the page of the audit, for somebody who may not audit',
  (company) => {
    test('says that the role may not see it', async () => {
      const page = await company.visit({ path: '/audit' });
      await page.getByLabel('Token').fill('reader-token-01234');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Your role may not see this.').waitFor();
    });
  },
  { deals: 5, variables: { DEALTRAIL_TOKENS: 'reader-token-01234=rita:reader' } },
);

async function command(server: TestServer, path: string, body: object): Promise<void> {
  const answer = await server.post(path, body);
  if (answer.status > 299) throw new Error(JSON.stringify(answer.body));
}

/** An amount as minor units. */
function digits(amount: string | null): string {
  return (amount ?? '').replaceAll(/\D/g, '');
}
