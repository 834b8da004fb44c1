import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { eventCatalogue } from '../../libs/composition/event-catalogue.ts';
import { openStores } from '../../libs/composition/stores.ts';
import { PATIENCE_MILLISECONDS } from '../../libs/eventsourcing/testing/eventually.ts';
import { fillWithSample } from '../../libs/sample/sample.ts';
import { startTestServer, type TestServer } from './running-server.ts';

const executablePath = process.env['DEALTRAIL_CHROMIUM'] ?? '/usr/bin/chromium';
const builtPage = new URL('../../dist/web/index.html', import.meta.url);

export interface Visit {
  readonly path?: string;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh';
  readonly width?: 1440 | 1024 | 390;
  /** What the browser's user reads first. */
  readonly locale?: string;
  /** With a finger instead of a mouse. */
  readonly touch?: boolean;
}

/** A made-up company behind the real server, and a real browser before it. */
export interface Company {
  /** Requests to the server, as any other client makes them. */
  readonly server: TestServer;
  /** Opens the page in a profile of its own, as another person would. An error that nothing on the page catches fails the suite. */
  visit(visit?: Visit): Promise<Page>;
}

export interface CompanyOptions {
  readonly deals?: number;
  readonly variables?: Record<string, string>;
}

/**
 * Registers tests of the page where there are a browser and a built page; elsewhere one that says that they are left
 * out. The company is the same for all tests of the suite: 300 sample deals unless asked otherwise.
 */
export function describePage(title: string, tests: (company: Company) => void, options: CompanyOptions = {}): void {
  if (!existsSync(executablePath) || !existsSync(builtPage)) {
    process.stdout.write(`Left out: ${title}, without a built page and a browser (DEALTRAIL_CHROMIUM).\n`);
    test(`${title} is left out without a built page and a browser`, () => {
      expect(existsSync(executablePath) && existsSync(builtPage)).toBe(false);
    });
    return;
  }
  describe(`In a browser, ${title}`, () => {
    const company = new RunningCompany(options);
    beforeAll(() => company.start());
    afterEach(() => company.leave());
    afterAll(() => company.close());
    tests(company);
  });
}

/** Whatever the accessibility checker (axe, WCAG 2.2 AA) finds on the page as it stands. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  // Half faded in, nothing has contrast enough. What goes on for ever is not waited for.
  await page.evaluate(`Promise.allSettled(
    document.getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && isFinite(effect.getComputedTiming().endTime))
      .map(({ finished }) => finished),
  ).then(() => undefined)`);
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run({ runOnly });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

/** Two keys, one at once after the other however busy the machine is. */
export async function pressInTurn(page: Page, first: string, second: string): Promise<void> {
  await Promise.all([page.keyboard.press(first), page.keyboard.press(second)]);
}

/**
 * What can be pressed or typed into on the page as it stands and is lower or narrower than 24 px (WCAG 2.5.8), alone and
 * with its label. Links in the middle of a sentence are left out.
 */
export function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const pressable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab]';
    const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
    // Read out and never seen.
    const isHidden = ({ width, height }) => width <= 1 || height <= 1;
    const isInSentence = (element) =>
      getComputedStyle(element).display === 'inline' &&
      [...element.parentElement.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent.trim());
    return [...document.querySelectorAll(pressable)].filter(isSeen).flatMap((element) => {
      const boxes = [element, ...(element.labels ?? [])].map((each) => each.getBoundingClientRect());
      const isLarge = boxes.some(({ width, height }) => width >= 24 && height >= 24);
      if (isLarge || isHidden(boxes[0]) || isInSentence(element)) return [];
      const { width, height } = boxes[0];
      return [Math.round(width) + ' × ' + Math.round(height) + ': ' + element.outerHTML.slice(0, 200)];
    });
  })()`);
}

class RunningCompany implements Company {
  readonly #options: CompanyOptions;
  #server: TestServer | undefined;
  #browser: Browser | undefined;
  #data: string | undefined;
  readonly #contexts: BrowserContext[] = [];
  readonly #errors: Error[] = [];

  constructor(options: CompanyOptions) {
    this.#options = options;
  }

  get server(): TestServer {
    if (!this.#server) throw new Error('The company has not started yet.');
    return this.#server;
  }

  async start(): Promise<void> {
    const { deals = 300, variables = {} } = this.#options;
    const data = await mkdtemp(join(tmpdir(), 'dealtrail-page-'));
    this.#data = data;
    const { eventStore, close } = await openStores({ data });
    await fillWithSample(eventStore, eventCatalogue, { deals, seed: 1, until: new Date().toISOString().slice(0, 10) });
    await close();
    this.#server = await startTestServer({ DEALTRAIL_DATA: data, ...variables });
    const switches = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];
    this.#browser = await chromium.launch({
      executablePath,
      args: [...switches, '--disable-component-update', '--disable-sync'],
    });
  }

  async visit({
    path = '/',
    theme = 'light',
    language = 'en',
    width = 1440,
    locale = 'en-GB',
    touch = false,
  }: Visit = {}): Promise<Page> {
    const context = await this.#browser!.newContext({
      viewport: { width, height: 900 },
      hasTouch: touch,
      locale,
      acceptDownloads: true,
    });
    this.#contexts.push(context);
    await context.addInitScript(
      ([chosenTheme, chosenLanguage]) => {
        // Only at first: what a test chooses later stays.
        localStorage.setItem('dealtrail.theme', localStorage.getItem('dealtrail.theme') ?? chosenTheme!);
        localStorage.setItem('dealtrail.language', localStorage.getItem('dealtrail.language') ?? chosenLanguage!);
      },
      [theme, language],
    );
    // What nobody can see does not vanish by itself: so a toast still stands when a busy machine comes to it.
    await context.addInitScript("Object.defineProperty(document, 'hidden', { value: true })");
    context.setDefaultTimeout(PATIENCE_MILLISECONDS);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.#errors.push(error));
    await page.goto(this.server.url + path);
    return page;
  }

  /** Closes what the test opened, for a page nobody looks at still follows every change. */
  async leave(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.leave();
    await this.#browser?.close();
    await this.#server?.close();
    if (this.#data !== undefined) await rm(this.#data, { recursive: true });
    if (this.#errors.length > 0) throw new AggregateError(this.#errors, 'The page failed.');
  }
}
