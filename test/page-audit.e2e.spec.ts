import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
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
    const [{ actor }] = (await server.get('/api/v1/audit/events?type=OpportunityWon&source=sample&limit=1')).body
      .events;
    const query = `kind=opportunity&type=OpportunityWon&actor=${actor.id}&source=sample&recordedFrom=2024-01-01T10:30:00.000Z&order=oldest`;
    const { events } = (await server.get(`/api/v1/audit/events?${query}`)).body;
    const page = await company.visit({ path: '/audit' });
    const filters = page.getByRole('form', { name: 'Which events' });
    await filters.getByLabel('About').selectOption('Deals');
    await filters.getByLabel('Type of event').selectOption('OpportunityWon');
    await filters.getByLabel('Actor').fill(actor.id);
    await filters.getByLabel('Source').selectOption('sample');
    await filters.getByLabel('Recorded from').fill('2024-01-01');
    await filters.getByLabel('Recorded from, time in UTC').fill('10:30');
    await filters.getByLabel('Order').selectOption('oldest');
    await filters.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/order=oldest/);
    const rows = page.getByRole('table').getByRole('row');
    await rows.nth(1).getByText(shown(events[0].position), { exact: true }).waitFor();
    await eventually(async () => expect(await rows.count()).toBe(events.length + 1));
    const colleague = await company.visit({ path: new URL(page.url()).pathname + new URL(page.url()).search });
    await colleague.getByRole('table').getByRole('row').nth(1).getByText(shown(events[0].position)).waitFor();

    const who = filters.getByLabel('Actor');
    await who.fill('');
    await who.pressSequentially(' no body ');
    await who.press('Enter');
    await page.getByText('No event fits').waitFor();
    expect(new URL(page.url()).searchParams.get('actor')).toBe('no body');
    expect(await who.inputValue()).toBe('no body');
    await filters.locator('input:focus').and(who).waitFor();
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
      await row.and(page.locator(':focus')).waitFor();
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
    await page.getByRole('table', { name: /^Funnel of/ }).waitFor();
    const job = new URL(page.url()).searchParams.get('job');
    const { result } = (await company.server.get(`/api/v1/audit/replays/${job}`)).body;
    expect(result.events).toBe(Number(at));
    await expectFunnel(result.funnels[0]);
    const saved = await csv(page.getByRole('button', { name: 'CSV' }).first());
    const [first] = result.funnels[0].total.stages;
    const cells = saved.split('\r\n')[1]!.split(',');
    expect(Number(cells[4])).toBe((first.worth[0]?.amount ?? 0) / 100);
    expect(await accessibilityFaults(page)).toEqual([]);

    // What was asked is found again, also by a colleague who did not ask.
    const colleague = await company.visit({ path: '/audit?section=replay' });
    await colleague
      .getByRole('region', { name: 'Lately on this server' })
      .getByRole('link', { name: at, exact: true })
      .first()
      .click();
    await colleague.getByText(`${new Intl.NumberFormat('en-GB').format(Number(at))} events`).waitFor();

    // All that was ever recorded is what the reports answer now.
    await page.getByLabel('Moment').fill(String(head));
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByText(`${new Intl.NumberFormat('en-GB').format(head)} events`).waitFor();
    await expectFunnel((await company.server.get('/api/v1/funnel')).body);

    // oxlint-disable-next-line no-explicit-any
    async function expectFunnel({ total }: any): Promise<void> {
      const rows = page.getByRole('table').first().getByRole('row');
      for (const stage of total.stages) {
        // On some days nothing is open in a stage, which then has no amount.
        const row = rows.filter({ has: page.getByRole('cell', { name: stage.name, exact: true }) });
        expect((await row.getByRole('cell').nth(1).textContent())?.replaceAll(',', '')).toBe(String(stage.open));
        expect(digits(await row.getByRole('cell').nth(4).textContent())).toBe(String(stage.worth[0]?.amount ?? ''));
      }
    }
  });

  test('leads to the job under way where another is refused', async () => {
    const begun = await company.server.post('/api/v1/audit/replays', { at: '1' });
    // So that nothing is under way for the tests that come after.
    await eventually(async () => {
      const { body } = await company.server.get(`/api/v1/audit/replays/${begun.body.id}`);
      expect(body.state).toBe('finished');
    });
    const page = await company.visit({ path: '/audit?section=replay' });
    await page.route('**/api/v1/audit/replays', (route) =>
      route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        json: {
          code: 'job_under_way',
          status: 409,
          job: begun.body.status,
          parameters: { startedBy: 'ann', startedAt: '2026-11-22T10:35:41.448Z' },
        },
      }),
    );
    await page.getByLabel('Moment').fill('2026-06-30');
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('ann began one on 22 Nov 2026, 10:35 UTC').waitFor();
    await page.getByRole('link', { name: 'Look at the one under way' }).click();
    await page.waitForURL(new RegExp(`job=${begun.body.id}`));
  });

  test('says what of a moment cannot be', async () => {
    const page = await company.visit({ path: '/audit?section=replay' });
    await page.getByLabel('Moment').fill('2099-01-01');
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('“Moment” must not lie after today.').waitFor();
    await page.getByLabel('Moment').fill('99999999');
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('The log has no position 99999999').waitFor();
  });

  test('says of a job that the server is out of reach, and lets nobody stop it then', async () => {
    const job = { id: 'x', kind: 'replay', state: 'running', startedBy: 'ann', startedAt: new Date().toISOString() };
    const page = await company.visit({ path: '/audit?section=replay' });
    await page.route('**/api/v1/audit/replays/x', (route) =>
      route.fulfill({ json: { ...job, question: { at: '1' } } }),
    );
    await page.goto(`${company.server.url}/audit?section=replay&job=x`);
    await page.getByText('Starting…').waitFor();
    // Not let through in between: the server knows no such job.
    await page.route('**/api/v1/audit/replays/x', (route) => route.abort('internetdisconnected'));
    await page.context().setOffline(true);
    await page.getByText('The server cannot be reached; nobody knows how far it is.').waitFor();
    await page.getByRole('button', { name: 'Stop' }).and(page.locator(':disabled')).waitFor();
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
    const job = new URL(page.url()).searchParams.get('job');
    const { result } = (await server.get(`/api/v1/audit/comparisons/${job}`)).body;
    const href = await page.getByRole('link', { name: 'A new press' }).getAttribute('href');
    expect(new URL(href!, server.url).searchParams.get('asOf')).toBe(result.after.at);
    await page.getByRole('region', { name: 'Ended (1)' }).getByText('Won').waitFor();
    const [deal] = result.ended.deals;
    const saved = await csv(page.getByRole('heading', { name: 'Ended (1)' }).locator('..').getByRole('button'));
    expect(saved.split('\r\n')[1]).toMatch(new RegExp(`,Won,${deal.currency},${deal.amount / 100}$`));
    await page
      .getByRole('region', { name: /^Changed/ })
      .getByText(`${changed.title} → Renamed`)
      .waitFor();
    const named = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date());
    const changes = page.getByRole('region', { name: /^Changed/ });
    await changes.getByText(`Counted as ended since: – → ${named}`).waitFor();
    expect(await changes.textContent()).not.toMatch(/\d{4}-\d\d-\d\dT/);

    const chinese = await company.visit({ path: page.url().slice(server.url.length), language: 'zh' });
    await chinese.getByText('状态: 进行中 → 已赢单').first().waitFor();

    const { stages } = (await server.get('/api/v1/pipelines')).body.pipelines[0];
    const order = stages.map(({ name }: { name: string }) => name);
    const sums = page.getByRole('table', { name: 'Sums by stage' }).getByRole('row');
    const places = (await sums.locator('td:nth-child(2)').allTextContents()).map((name) => order.indexOf(name));
    expect(places).toEqual(places.toSorted((left, right) => left - right));
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
});

describePage(
  'the page of the audit, for somebody who may not audit',
  (company) => {
    test('says that the role may not see it', async () => {
      const page = await company.visit({ path: '/audit' });
      await page.getByLabel('Token').fill('reader-token-01234');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('The audit is not open to your role').waitFor();
      await page.goto(`${company.server.url}/audit?section=verify`);
      await page.getByText('The audit is not open to your role').waitFor();
      expect(await page.getByRole('button', { name: 'Verify' }).count()).toBe(0);
    });
  },
  { deals: 5, variables: { DEALTRAIL_TOKENS: 'reader-token-01234=rita:reader' } },
);

/** What a button saves as a file. */
async function csv(button: Locator): Promise<string> {
  const download = button.page().waitForEvent('download');
  await button.click();
  return readFile(await (await download).path(), 'utf8');
}

async function command(server: TestServer, path: string, body: object): Promise<void> {
  const answer = await server.post(path, body);
  if (answer.status > 299) throw new Error(JSON.stringify(answer.body));
}

/** An amount as minor units. */
function digits(amount: string | null): string {
  return (amount ?? '').replaceAll(/\D/g, '');
}
