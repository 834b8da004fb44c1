import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { median } from './figures.ts';
import { startBuiltServer, type BenchServer } from './server.ts';

export interface PageInput {
  readonly server: string;
  /** A directory with a log and its read models; nothing is changed in them. */
  readonly data: string;
  readonly browser: string;
  readonly runs: number;
  /** Filters applied in each run, one on top of the other. */
  readonly filters: number;
}

/** One visit of the board, by a browser that has never been there. Times in milliseconds. */
export interface PageRun {
  readonly usable: number;
  /** The server's answer with what the board shows then, by itself. */
  readonly usableAnswer: number;
  readonly filters: readonly number[];
  readonly filterAnswers: readonly number[];
  /** Frames a second while a card is dragged, and while nothing happens. */
  readonly dragFrames: number;
  readonly idleFrames: number;
  readonly longestFrame: number;
  readonly scriptBytes: number;
  readonly shift: number;
  /** Within half a second of what the person did, where things are meant to move. */
  readonly shiftAfterInput: number;
  /** Most memory the process of the tab had resident; undefined where the system does not tell. */
  readonly tabMebibytes?: number;
}

export interface PageResult {
  readonly openDeals: number;
  readonly runs: readonly PageRun[];
}

interface Probe {
  readonly usable: Promise<number>;
  readonly filtered: Promise<number>;
  readonly shift: number;
  readonly shiftAfterInput: number;
  awaitFilter(): void;
  watchFrames(): void;
  frames(): readonly number[];
  scrolled(): readonly number[];
  scriptBytes(): number;
}

const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
const BOARD = '/api/v1/board?cards=30';
/** As often as a mouse usually tells where it is. */
const MOUSE_MILLISECONDS = 16;

/** Visits the board of the built server as often as asked, each time with a new browser. */
export async function run({ server: main, data, browser: path, runs, filters }: PageInput): Promise<PageResult> {
  const server = await startBuiltServer(main, data);
  await upToDate(server);
  const { body } = await server.get(BOARD);
  const openDeals = (body['columns'] as readonly { count: number }[]).reduce((total, { count }) => total + count, 0);
  const visits: PageRun[] = [];
  for (let number = 0; number < runs; number += 1) {
    const browser = await chromium.launch({ executablePath: path, args: SWITCHES });
    visits.push(await visit(browser, server, filters));
    await browser.close();
  }
  await server.stop();
  return { openDeals, runs: visits };
}

async function visit(browser: Browser, server: BenchServer, filters: number): Promise<PageRun> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await context.addInitScript({ path: fileURLToPath(new URL('page-probe.js', import.meta.url)) });
  const page = await context.newPage();
  await page.goto(`${server.url}/board`);
  const usable = await inPage(page, (probe) => probe.usable);
  const scriptBytes = await inPage(page, (probe) => probe.scriptBytes());
  // What the focus on a card fetches is none of the next measures.
  await wait(1_000);
  const usableAnswer = median(
    await answerTimes(
      server,
      Array.from({ length: 9 }, () => BOARD),
    ),
  );

  const idle = await framesDuring(page, () => wait(1_000));
  const before = await inPage(page, (probe) => probe.scrolled());
  const dragged = await framesDuring(page, () => drag(page));
  const after = await inPage(page, (probe) => probe.scrolled());
  if (after.every((top, column) => top === before[column])) throw new Error('No column scrolled during the drag.');

  const { times, paths } = await applyFilters(page, filters);
  const filterAnswers = await answerTimes(server, paths);
  const shift = await inPage(page, (probe) => probe.shift);
  const shiftAfterInput = await inPage(page, (probe) => probe.shiftAfterInput);
  const tabMebibytes = await residentMebibytes(browser);
  return {
    ...{ usable, usableAnswer, filters: times, filterAnswers, scriptBytes, shift, shiftAfterInput },
    ...{ dragFrames: dragged.perSecond, longestFrame: dragged.longest, idleFrames: idle.perSecond },
    ...(tabMebibytes === undefined ? {} : { tabMebibytes }),
  };
}

function inPage<Value>(page: Page, ask: (probe: Probe) => Value | Promise<Value>): Promise<Value> {
  return page.evaluate<Value>(`(${String(ask)})(globalThis.probe)`);
}

async function framesDuring(page: Page, happening: () => Promise<unknown>) {
  await inPage(page, (probe) => probe.watchFrames());
  await happening();
  const times = await inPage(page, (probe) => probe.frames());
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  return { perSecond: (1_000 * gaps.length) / (times.at(-1)! - times[0]!), longest: Math.max(...gaps) };
}

/** Lifts the first card, leads it over every column and back, lets each scroll by it, and puts it back. */
async function drag(page: Page): Promise<void> {
  const columns = await page.locator('[data-rfd-droppable-id^="stage:"]').all();
  const boxes = await Promise.all(columns.map((column) => column.boundingBox()));
  const places = boxes.flatMap((box) =>
    box ? [{ x: box.x + box.width / 2, y: box.y, bottom: box.y + box.height }] : [],
  );
  const [first] = places;
  if (!first) throw new Error('There are no columns.');
  let at = { x: first.x, y: first.y + 40 };
  const moveTo = async (x: number, y: number, steps: number): Promise<void> => {
    const from = at;
    for (let step = 1; step <= steps; step += 1) {
      at = { x: from.x + ((x - from.x) * step) / steps, y: from.y + ((y - from.y) * step) / steps };
      await Promise.all([page.mouse.move(at.x, at.y), wait(MOUSE_MILLISECONDS)]);
    }
  };
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  for (const { x, y, bottom } of [...places, ...places.toReversed()]) {
    await moveTo(x, y + 200, 20);
    await moveTo(x, bottom - 20, 12);
    // Here the column scrolls by itself.
    await moveTo(x + 10, bottom - 18, 20);
  }
  await page.keyboard.press('Escape');
  await page.mouse.up();
}

/** Checks one owner after the other. */
async function applyFilters(page: Page, filters: number) {
  await page.getByRole('button', { name: 'Filter' }).click();
  const owners = page.getByRole('dialog', { name: 'Filters' }).getByRole('list', { name: 'Owner' });
  await owners
    .getByRole('checkbox')
    .nth(filters - 1)
    .waitFor();
  const times: number[] = [];
  const paths: string[] = [];
  for (let number = 0; number < filters; number += 1) {
    await inPage(page, (probe) => probe.awaitFilter());
    await owners.getByRole('checkbox').nth(number).check();
    times.push(await inPage(page, (probe) => probe.filtered));
    const { searchParams } = new URL(page.url());
    const chosen = JSON.parse(searchParams.get('owner') ?? '[]') as readonly string[];
    paths.push(`${BOARD}${chosen.map((owner) => `&owner=${encodeURIComponent(owner)}`).join('')}`);
  }
  return { times, paths };
}

async function answerTimes(server: BenchServer, paths: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (const path of paths) {
    const startedAt = performance.now();
    await server.get(path);
    times.push(performance.now() - startedAt);
  }
  return times;
}

/** Waits until the read models contain the whole log, which they do at once unless the program has changed. */
async function upToDate(server: BenchServer): Promise<void> {
  for (;;) {
    const { body } = await server.get('/api/v1/projections');
    const projections = body['projections'] as readonly { state: string; lag: number }[];
    if (projections.every(({ state, lag }) => state === 'running' && lag === 0)) return;
    await wait(200);
  }
}

async function residentMebibytes(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .flatMap(({ id }) => {
      const file = `/proc/${id}/status`;
      const [, kibibytes] = (existsSync(file) && /VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))) || [];
      return kibibytes === undefined ? [] : [Math.round(Number(kibibytes) / 1024)];
    });
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}
