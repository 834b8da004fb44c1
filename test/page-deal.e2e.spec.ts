import { expect, test } from '@jest/globals';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { aDeal, carryOut, editAmount, readDeal, OPENED } from './testing/deal-page.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

describePage('the page of a deal', (company) => {
  test('edits a field where it stands by keys alone, as the API then knows it', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await page.getByRole('heading', { level: 1, name: /Pumps for Acorn/ }).waitFor();
    await eventually(async () => expect(await page.title()).toBe('Pumps for Acorn · Dealtrail'));
    await page.getByRole('button', { name: '$5,000.00, Edit Amount' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('6200.50');
    await page.keyboard.press('Enter');
    const shown = page.getByRole('button', { name: '$6,200.50, Edit Amount' });
    await shown.waitFor();
    await page.locator(':focus').and(shown).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ amount: 620_050, currency: 'USD' });
    const { body } = await company.server.get(`/api/v1/opportunities/${id}/timeline`);
    expect(body.entries.at(-1)).toMatchObject({ type: 'OpportunityAmountChanged', source: 'page' });

    await page.keyboard.press('Enter');
    await page.keyboard.type('1');
    await page.keyboard.press('Escape');
    await shown.waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: '$5,000.00, Edit Amount' }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ amount: 500_000 });
  });

  test('says how the amount comes to another currency, and takes it that way', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const amount = await editAmount(page, '');
    await page.getByText('For another currency, save it empty first.').waitFor();
    await amount.press('Enter');
    await page.getByRole('button', { name: 'unknown, Edit Amount' }).click();
    await page.getByRole('textbox', { name: 'Amount', exact: true }).fill('7000');
    await page.getByRole('textbox', { name: 'Currency' }).fill('eur');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '€7,000.00, Edit Amount' }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ amount: 700_000, currency: 'EUR' });
  });

  test('moves a deal on as soon as its stage shows, before all else of it is read again', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const stages = page.getByRole('navigation', { name: 'Stages' });
    await stages.getByRole('button', { name: /Negotiation/ }).waitFor();
    await page.route('**/timeline*', () => undefined);
    await stages.getByRole('button', { name: /Negotiation/ }).click();
    await stages.locator('[aria-current=step]', { hasText: 'Negotiation' }).waitFor();
    await stages.getByRole('button', { name: /Contract/ }).click();
    await stages.locator('[aria-current=step]', { hasText: 'Contract' }).waitFor();
    expect(await readDeal(company, id)).toMatchObject({ stageId: 'contract', movesForward: 3 });
  });

  test('shows the rule beside the field that it refuses, and keeps what was typed', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    await page.getByRole('button', { name: 'Acorn Foods, Edit Customer' }).click();
    const customerId = page.getByRole('textbox', { name: 'Customer id' });
    await customerId.fill('not an id');
    await customerId.press('Enter');
    await page.getByText(/must be 1 to 100 letters, digits/).waitFor();
    expect(await customerId.inputValue()).toBe('not an id');
    expect(await customerId.getAttribute('aria-invalid')).toBe('true');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await readDeal(company, id)).toMatchObject({ customerId: 'acorn-foods' });
  });

  test('tells what happened in sentences of both languages, filtered by kind, with the way to the audit', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const timeline = page.getByRole('list', { name: 'Timeline' }).getByRole('listitem');
    await timeline.filter({ hasText: 'local (admin)' }).first().waitFor();
    await timeline
      .filter({
        hasText:
          'local (admin) moved it from Potential to Bidding because “tender published”, on 3 Mar 2026, 10:12 UTC, through the API',
      })
      .waitFor();
    const raised = timeline.filter({ hasText: 'changed the amount from US$4,000.00 to US$5,000.00' });
    expect(await raised.locator('time').getAttribute('title')).toMatch(/^Recorded /);
    expect(await raised.getByRole('link').getAttribute('href')).toMatch(
      new RegExp(`^/audit\\?stream=opportunity-${id}&position=\\w+$`),
    );
    await page.getByRole('combobox', { name: 'Which events' }).selectOption('Activities');
    await page.waitForURL('**events=activities**');
    await page.getByText('logged work: Visit: “interested”, at a cost of US$370.00').waitFor();
    await eventually(async () => expect(await timeline.filter({ hasText: 'moved it' }).count()).toBe(0));
    expect(await timeline.filter({ hasText: 'Costs:' }).count()).toBe(0);

    const chinese = await company.visit({ path: `/deals/${id}`, language: 'zh' });
    await chinese
      .getByText(
        '2026年3月3日 10:12 UTC，local（管理员）通过 API 将其从“潜在客户跟踪”移至“项目投标”，原因：“tender published”',
      )
      .waitFor();
  });

  test('goes back in time by keys, equal to the API, and lists what has changed since', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}` });
    const slider = page.getByRole('slider', { name: 'Moment shown' });
    await slider.focus();
    await page.keyboard.press('Home');
    await page.waitForURL(/asOf=2026-01-05/);
    await page.getByText('As of 5 Jan 2026, 09:00 UTC').waitFor();
    const { body: then } = await company.server.get(`/api/v1/opportunities/${id}?asOf=${OPENED}`);
    expect(then).toMatchObject({ stageId: 'potential', amount: 400_000, title: 'Pumps for Acorn' });
    const fields = page.getByRole('region', { name: 'Key fields' });
    await fields.getByText('US$4,000.00', { exact: true }).waitFor();
    await page
      .getByRole('navigation', { name: 'Stages' })
      .locator('[aria-current=step]', { hasText: 'Potential' })
      .waitFor();
    expect(await fields.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Actions' }).isDisabled()).toBe(true);

    const since = page.getByRole('region', { name: 'What has changed since' });
    await since.getByRole('row', { name: 'Amount US$4,000.00 US$5,000.00' }).waitFor();
    await since.getByRole('row', { name: 'Stage Potential Bidding' }).waitFor();
    await since.getByRole('row', { name: 'Costs none US$370.00' }).waitFor();
    await since.getByText('3 events since').waitFor();
    expect(await since.getByRole('listitem').filter({ hasText: 'local (admin)' }).count()).toBe(3);

    await page.getByRole('button', { name: 'One event later' }).click();
    await page.getByText('As of 3 Mar 2026, 10:12 UTC').waitFor();
    await page
      .getByRole('navigation', { name: 'Stages' })
      .locator('[aria-current=step]', { hasText: 'Bidding' })
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByRole('button', { name: '$5,000.00, Edit Amount' }).waitFor();
    await page.locator(':focus').and(slider).waitFor();
    // Each is shown for a second only.
    const shown = new Set<string | null>();
    page.on('framenavigated', (frame) => shown.add(new URL(frame.url()).searchParams.get('asOf')));
    await page.getByRole('button', { name: 'Play from here' }).click();
    await eventually(() =>
      expect([...shown].slice(0, 2)).toEqual([
        expect.stringContaining('2026-01-05T09:00'),
        expect.stringContaining('2026-03-03T10:12'),
      ]),
    );
    await page.getByRole('button', { name: /^(Pause|Play from here)$/ }).click();
  });

  test('shows it at any moment that is asked for, with the offset of an address, and none that has not passed', async () => {
    const id = await aDeal(company);
    const page = await company.visit({ path: `/deals/${id}?asOf=2026-03-03T12:11:59%2B02:00` });
    await page.getByText('As of 3 Mar 2026, 10:11:59.000 UTC').waitFor();
    const current = page.getByRole('navigation', { name: 'Stages' }).locator('[aria-current=step]');
    await current.filter({ hasText: 'Potential' }).waitFor();
    const moment = page.getByLabel('Any moment, in UTC');
    expect(await moment.inputValue()).toBe('2026-03-03T10:11:59');
    await moment.fill('2026-03-20T00:00');
    await moment.press('Enter');
    await page.waitForURL('**asOf=2026-03-20T00%3A00%3A00.000Z');
    await current.filter({ hasText: 'Bidding' }).waitFor();
    await page.getByRole('region', { name: 'Key fields' }).getByText('US$4,000.00', { exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // From between two events, back to the one before and on to the one after.
    await page.keyboard.press('Shift+Tab');
    await page.getByRole('button', { name: 'One event later' }).click();
    await page.getByText('As of 1 Apr 2026, 08:00 UTC').waitFor();
    await page.keyboard.press('[');
    await page.getByText('As of 3 Mar 2026, 10:12 UTC').waitFor();
    await moment.fill('2199-01-01T00:00');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('1 Jan 2199, 00:00 UTC has not passed yet. This is the deal as it is now.').waitFor();
    await page.getByRole('button', { name: '$5,000.00, Edit Amount' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.waitForURL(`**/deals/${id}`);
  });

  test('lists many events fifty at a time, and goes on reading where it was', async () => {
    const id = await aDeal(company);
    for (let day = 1; day <= 55; day += 1) {
      await carryOut(company, id, 'change-product', { product: `pump ${day}` });
    }
    const page = await company.visit({ path: `/deals/${id}?asOf=2026-05-01` });
    const since = page.getByRole('list', { name: 'What has changed since' }).getByRole('listitem');
    await since.first().waitFor();
    expect(await since.count()).toBe(50);
    await page.getByRole('button', { name: 'Show 6 more of 6' }).press('Enter');
    await since.nth(50).and(page.locator(':focus')).waitFor();
    expect(await since.count()).toBe(56);
    expect(await page.getByRole('button', { name: /^Show \d+ more/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByRole('button', { name: 'Show 9 more of 9' }).waitFor();
  });

  test('marks an overdue close and a stalled stage, and keeps long and right-to-left names in their place', async () => {
    const { server } = company;
    const { body } = await server.post('/api/v1/opportunities', {
      title: 'שלום!',
      customer: { id: 'long-name', name: 'Holding of Many Companies '.repeat(8).trim() },
      owner: 'a.very.long.owner.address.of.somebody@subsidiary.department.example-company.com',
      expectedCloseDate: '2025-08-29',
      occurredAt: '2025-01-05T09:00:00.000Z',
    });
    const page = await company.visit({ path: `/deals/${body.id}`, width: 390 });
    await page.getByRole('button', { name: '29 Aug 2025, overdue, Edit Expected close' }).waitFor();
    await page.getByText(/^Stalled: [\d,]+ days in its stage, limit \d+$/).waitFor();
    expect(await page.locator('main').evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
    // The exclamation mark ends the Hebrew word, so it stands at its left.
    const [first, last] = await page.getByRole('heading', { level: 1 }).evaluate((heading) => {
      const { document } = globalThis as unknown as { document: { createRange(): Range } };
      interface Range {
        setStart(node: unknown, offset: number): void;
        setEnd(node: unknown, offset: number): void;
        getBoundingClientRect(): { readonly left: number };
      }
      const text = heading.querySelector('span')!.firstChild;
      return [0, 4].map((offset) => {
        const range = document.createRange();
        range.setStart(text, offset);
        range.setEnd(text, offset + 1);
        return range.getBoundingClientRect().left;
      });
    });
    expect(last).toBeLessThan(first!);
    // On the day it was to close, it was not overdue.
    await page.goto(`${server.url}/deals/${body.id}?asOf=2025-08-29`);
    await page.getByText('As of 29 Aug 2025').waitFor();
    await page.getByRole('region', { name: 'Key fields' }).getByText('29 Aug 2025').waitFor();
    expect(await page.getByText('overdue').count()).toBe(0);
  });

  test('finds no deal under an unknown address, and says of a withdrawn one that it counts nowhere', async () => {
    const page = await company.visit({ path: '/deals/no-such-deal' });
    await page.getByRole('heading', { name: 'There is no such deal' }).waitFor();
    const id = await aDeal(company);
    const before = await company.visit({ path: `/deals/${id}?asOf=2020-01-01` });
    await before.getByRole('heading', { name: 'This deal did not exist yet' }).waitFor();
    expect(await accessibilityFaults(before)).toEqual([]);
    await carryOut(company, id, 'withdraw', { reason: 'entered twice' });
    const withdrawn = await company.visit({ path: `/deals/${id}` });
    await withdrawn.getByText(/This deal was withdrawn/).waitFor();
    expect(await accessibilityFaults(withdrawn)).toEqual([]);
  });
});
