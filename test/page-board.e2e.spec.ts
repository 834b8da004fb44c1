import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { eventually } from '../libs/eventsourcing/testing/eventually.ts';
import { cardOf, columnOf, columnsOf, focusedDeal, handleOf, idsIn } from './testing/board-page.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

describePage('the deals', (company) => {
  describe('on the board', () => {
    test('shows the totals of the API for every stage, also under filters that stack and stand in the address', async () => {
      const page = await company.visit({ path: '/board' });
      const money = (minorUnits: number, currency: string): string => {
        const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency });
        return format.format(minorUnits / 10 ** format.resolvedOptions().maximumFractionDigits!);
      };
      const agree = async (query: string): Promise<void> => {
        for (const { stage, count, worth } of await columnsOf(company, query)) {
          const column = columnOf(page, stage.name);
          await column.getByTitle(count === 1 ? '1 deal' : `${count} deals`, { exact: true }).waitFor();
          for (const { currency, amount, weightedAmount } of worth) {
            await column.getByTitle(money(amount, currency), { exact: true }).first().waitFor();
            await column
              .getByTitle(new RegExp(`: ${money(weightedAmount, currency).replace(/[$.]/g, '\\$&')}$`))
              .waitFor();
          }
        }
      };
      await agree('');
      await page.keyboard.press('f');
      const filters = page.getByRole('dialog', { name: 'Filters' });
      await filters.getByRole('checkbox', { name: /^Hao Chen/ }).check();
      await filters.getByRole('checkbox', { name: /^Li Wei/ }).check();
      await agree('&owner=Hao%20Chen&owner=Li%20Wei');
      await filters.getByRole('tab', { name: 'Amount' }).click();
      await filters.getByLabel('From').fill('5,000.50');
      await filters.getByRole('button', { name: 'Apply' }).click();
      await agree('&owner=Hao%20Chen&owner=Li%20Wei&amountFrom=500050');
      await page.keyboard.press('Escape');
      await page.reload();
      await agree('&owner=Hao%20Chen&owner=Li%20Wei&amountFrom=500050');
      await page.getByRole('button', { name: 'Remove filter Owner: Li Wei' }).click();
      await agree('&owner=Hao%20Chen&amountFrom=500050');
      await page.getByRole('button', { name: 'Clear', exact: true }).click();
      await agree('');
    });

    test('keeps an address as a view under a name', async () => {
      const page = await company.visit({ path: '/board?stalled=true' });
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByLabel('Name of the view').fill('Rotting');
      await page.getByRole('button', { name: 'Save this view' }).click();
      await page.goto(`${company.server.url}/deals`);
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('link', { name: 'Rotting' }).click();
      await page.getByRole('button', { name: 'Remove filter Stalled' }).waitFor();
      expect(new URL(page.url()).searchParams.get('stalled')).toBe('true');
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('button', { name: 'Delete the view Rotting' }).click();
      await page.getByText('Keep the filters you use often').waitFor();
    });

    test('adds deals in a column, with what is wrong beside the field', async () => {
      const page = await company.visit({ path: '/board' });
      await page.getByRole('button', { name: 'Add a deal to Bidding' }).click();
      const form = page.getByRole('form', { name: 'Add a deal to Bidding' });
      await form.getByLabel('Amount').fill('twelve');
      await form.getByLabel('Owner').fill('Hao Chen');
      await page.keyboard.press('Enter');
      await form.getByText('A deal needs a title').waitFor();
      await form.getByText(/^Write 12500, 12,500 or 12500.50/).waitFor();
      await form.getByLabel('Title').fill('x'.repeat(501));
      await form.getByLabel('Amount').fill('12,500.5');
      await page.keyboard.press('Enter');
      await form.getByText(/^title must be/).waitFor();
      await form.getByLabel('Title').fill('Added quickly');
      await page.keyboard.press('Enter');
      await columnOf(page, 'Bidding').getByText('Added quickly').waitFor();
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
      const bidding = (await columnsOf(company, '&q=Added%20quickly')).find(({ stage }) => stage.id === 'bidding');
      expect(bidding?.cards).toMatchObject([{ title: 'Added quickly', amount: 1_250_050, owner: 'Hao Chen' }]);
    });

    test('opens deals in any currency, and says where the filters hide one', async () => {
      const page = await company.visit({ path: '/board?owner=Li%20Wei' });
      await page.locator('[data-deal]').first().waitFor();
      await page.keyboard.press('n');
      const dialog = page.getByRole('dialog', { name: 'New deal' });
      expect(await dialog.getByLabel('Currency').inputValue()).toBe('USD');
      await dialog.getByLabel('Title').fill('In yen');
      await dialog.getByLabel('Amount').fill('12,500');
      await dialog.getByLabel('Currency').selectOption('JPY');
      await dialog.getByLabel('Owner').fill('Hao Chen');
      await dialog.getByRole('button', { name: 'Open the deal' }).click();
      await page
        .getByRole('listitem')
        .filter({ hasText: '“In yen” was opened' })
        .getByText('The filters hide it here.')
        .waitFor();
      await page.getByRole('button', { name: 'Add a deal to Bidding' }).click();
      const form = page.getByRole('form', { name: 'Add a deal to Bidding' });
      await form.getByLabel('Title').fill('In euros');
      await form.getByLabel('Amount').fill('12.5');
      await form.getByLabel('Currency').selectOption('EUR');
      await form.getByLabel('Owner').fill('Li Wei');
      await page.keyboard.press('Enter');
      const toast = page.getByRole('listitem').filter({ hasText: '“In euros” was opened' });
      await toast.waitFor();
      expect(await toast.getByText('The filters hide it here.').count()).toBe(0);
      const cards = (await columnsOf(company, '&q=In')).flatMap((column) => column.cards);
      expect(cards.filter(({ title }) => title === 'In yen' || title === 'In euros')).toMatchObject([
        { title: 'In yen', amount: 12_500, currency: 'JPY' },
        { title: 'In euros', amount: 1_250, currency: 'EUR' },
      ]);
      // One column has two currencies, and the cards of all begin at one height.
      await page.goto(`${company.server.url}/board`);
      await columnOf(page, 'Potential').getByText('JP¥').first().waitFor();
      const tops = await page
        .locator('[data-stage] [role=list]')
        .evaluateAll((lists) => [...new Set(lists.map((list) => list.getBoundingClientRect().top))]);
      expect(tops).toHaveLength(1);
    });

    test.each([
      ['en', 'Owner: Maria Silva, Hao Chen · Product: none · Text in title or customer: Media'],
      ['zh', '负责人：Maria Silva、Hao Chen · 产品：未填写 · 标题或客户中的文字：Media'],
    ] as const)('prints its filters as words: %s', async (language, words) => {
      const page = await company.visit({
        path: '/board?owner=%5B%22Maria%20Silva%22%2C%22Hao%20Chen%22%5D&product=%5B%22%22%5D&q=Media',
        language,
      });
      await page.getByRole('button', { name: 'Hao Chen' }).waitFor();
      await page.emulateMedia({ media: 'print' });
      await page.getByText(words, { exact: true }).waitFor();
      expect(await page.getByRole('list', { name: /^(Filters|筛选条件)$/ }).count()).toBe(0);
    });

    test('prints every deal it has read, and nothing to press', async () => {
      const page = await company.visit({ path: '/board' });
      const [first] = await columnsOf(company);
      await cardOf(page, first?.cards[0]?.id ?? '').waitFor();
      await page.emulateMedia({ media: 'print' });
      const printed = columnOf(page, first?.stage.name ?? '').locator('[data-deal]');
      await eventually(async () =>
        expect(await printed.count()).toBeGreaterThanOrEqual(Math.min(30, first?.count ?? 0)),
      );
      expect(await page.getByRole('button').count()).toBe(0);
      expect(await page.getByRole('group', { name: 'Out of the board' }).count()).toBe(0);
      const overlaps = await page.locator('[data-deal]').evaluateAll((cards) => {
        const boxes = cards.map((card) => card.getBoundingClientRect());
        return boxes.filter((box) =>
          boxes.some(
            (other) =>
              other !== box &&
              other.top < box.bottom &&
              box.top < other.bottom &&
              other.left < box.right &&
              box.left < other.right,
          ),
        ).length;
      });
      expect(overlaps).toBe(0);
    });

    test('goes from card to card by arrows and opens one by Enter', async () => {
      const page = await company.visit({ path: '/board' });
      await columnOf(page, 'Potential').locator('[data-deal]').nth(1).waitFor();
      const [first, second] = await idsIn(page, 'Potential');
      await handleOf(page, first ?? '').focus();
      await page.keyboard.press('ArrowDown');
      await eventually(async () => expect(await focusedDeal(page)).toBe(second));
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/deals/${second}`);
      await page.getByRole('heading', { level: 1 }).and(page.locator(':focus')).waitFor();
    });

    test('says why a deal is stalled on focus', async () => {
      const page = await company.visit({ path: '/board?stalled=true' });
      const card = page.locator('[data-deal]').first();
      await card.getByRole('link').focus();
      await card
        .getByText(/\d+ days in stage; limit \d+/)
        .last()
        .waitFor();
    });

    test('loads more of a column while it is scrolled, and draws only what is in sight', async () => {
      const page = await company.visit({ path: '/board' });
      const columns = await columnsOf(company);
      const largest = columns.reduce((most, column) => (column.count > most.count ? column : most));
      const list = columnOf(page, largest.stage.name).getByRole('list').locator('..');
      const lastId = largest.cards.at(-1)?.id ?? '';
      await eventually(async () => {
        await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        expect(await cardOf(page, lastId).count()).toBe(1);
      });
      expect(await columnOf(page, largest.stage.name).locator('[data-deal]').count()).toBeLessThan(25);
    });

    test('shows one column at a time on a phone, in Chinese as well, and axe finds nothing', async () => {
      const phone = await company.visit({ path: '/board', width: 390, language: 'zh' });
      const box = await columnOf(phone, '潜在客户跟踪').boundingBox();
      expect(box?.width).toBeGreaterThan(330);
      expect(box?.width).toBeLessThanOrEqual(390);
      expect((await phone.getByRole('main').locator('h1').boundingBox())?.x).toBeLessThan(390);
      await cardOf(phone, (await columnsOf(company))[0]?.cards[0]?.id ?? '').waitFor();
      expect(await accessibilityFaults(phone)).toEqual([]);
    });

    test.each(['light', 'dark'] as const)('has no fault that axe finds, %s', async (theme) => {
      const page = await company.visit({ path: '/board?owner=Hao%20Chen', theme });
      await page.locator('[data-deal]').first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press('f');
      await page.getByRole('checkbox', { name: /^Hao Chen/ }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await page.getByRole('dialog', { name: 'New deal' }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  });

  describe('in the list', () => {
    test.each(['light', 'dark'] as const)(
      'shows what the address asks for, with no fault that axe finds, %s',
      async (theme) => {
        const page = await company.visit({ path: '/deals?status=won&sort=-amount', theme });
        const { body } = await company.server.get('/api/v1/opportunities?status=won&sort=-amount');
        await page.getByText(`${body.total} deals`, { exact: true }).waitFor();
        const links = page.getByRole('table', { name: 'Deals' }).getByRole('link');
        await links.first().waitFor();
        expect(await links.first().textContent()).toBe(body.opportunities[0].title);
        expect(await accessibilityFaults(page)).toEqual([]);
        await page.getByRole('button', { name: 'Title' }).click();
        await page.waitForURL((url) => url.searchParams.get('sort') === 'title');
        const byTitle = await company.server.get('/api/v1/opportunities?status=won&sort=title');
        await eventually(async () =>
          expect(await links.first().textContent()).toBe(byTitle.body.opportunities[0].title),
        );
      },
    );

    test('saves every deal that matches in a file of the day, with amounts to reckon with', async () => {
      const page = await company.visit({ path: '/deals?status=lost' });
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'CSV' }).click();
      expect((await download).suggestedFilename()).toMatch(/^Deals \d{4}-\d{2}-\d{2}\.csv$/);
      const file = await (await download).path();
      const rows: Record<string, string>[] = parse(await readFile(file, 'utf8'), { columns: true, bom: true });
      const { body } = await company.server.get('/api/v1/opportunities?status=lost&limit=500');
      expect(rows.map((row) => [row['Deal id'], Math.round(Number(row['Amount']) * 100), row['Currency']])).toEqual(
        body.opportunities.map((each: Record<string, unknown>) => [
          each['id'],
          each['amount'] ?? 0,
          each['currency'] ?? '',
        ]),
      );
    });

    test('says in words which figure of a report it stands behind', async () => {
      const page = await company.visit({ path: '/deals?flow=entered&stage=bidding&from=2026-01-01&to=2026-06-30' });
      await page.getByRole('button', { name: 'Remove filter Stage: Bidding' }).waitFor();
      await page
        .getByRole('button', { name: 'Remove filter Entered the stage from 1 Jan 2026 to 30 Jun 2026' })
        .click();
      await page.waitForURL((url) => !url.searchParams.has('flow') && !url.searchParams.has('from'));
      await page.getByRole('link', { name: 'Board', exact: true }).first().waitFor();
    });

    test('says what to do where nothing matches', async () => {
      const page = await company.visit({ path: '/deals?q=nothing-is-called-that' });
      await page.getByText('No deal matches these filters').waitFor();
      await page.getByRole('link', { name: 'Clear the filters' }).click();
      await page.getByRole('table', { name: 'Deals' }).waitFor();
    });
  });
});
