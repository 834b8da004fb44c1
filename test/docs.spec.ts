import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { problems } from '../apps/server/problems.ts';
import { refusalTexts } from '../apps/web/terms/refusal.texts.ts';
import { projections } from '../libs/composition/projections.ts';
import { collectionsOf } from '../libs/eventsourcing/projections/projection.ts';
import { pageTypesOf, referencePages } from '../scripts/docs.ts';
import { domainRules, fieldRules, importRules } from './testing/refusal-codes.ts';

const pages = globSync('{*.md,docs/**/*.md,bench/*.md}').map((path) => ({ path, text: readFileSync(path, 'utf8') }));

function page(path: string): string {
  return readFileSync(path, 'utf8');
}

/** The part of a page from a heading to the next of the same or a higher level. */
function section(text: string, heading: string): string {
  const [, level] = /^(#+) /.exec(heading)!;
  const [, behind] = text.split(`\n${heading}\n`);
  return behind?.split(new RegExp(`\n#{1,${level!.length}} `))[0] ?? '';
}

/** The code in the first cell of each row of the tables of a text, with the second cell. */
function firstCells(text: string): readonly (readonly [code: string, second: string])[] {
  return [...text.matchAll(/^\| `(\w+)`\s*\| ([^|]*?) *\|/gm)].map(([, code, second]) => [code!, second!] as const);
}

describe('the generated documentation', () => {
  test.each(['events.md', 'read-models.md'])('%s is what `npm run docs` writes', async (name) => {
    expect((await referencePages())[name]).toBe(page(`docs/reference/${name}`));
  });

  test('the page knows the API by the types that follow from its description', async () => {
    expect(await pageTypesOf(page('docs/reference/openapi.json'))).toBe(page('apps/web/api/schema.d.ts'));
  });
});

describe('the page of read models', () => {
  test.each(projections.flatMap(collectionsOf).map((collection) => [collection.name, collection] as const))(
    'tells the meaning of every column of %s and of no other',
    (name, { schema }) => {
      const [table = ''] = /(^\|.*\n)+/m.exec(section(page('docs/read-models.md'), `## ${name}`)) ?? [];
      expect(firstCells(table).map(([column]) => column)).toEqual(Object.keys(schema.properties));
    },
  );
});

describe('the page of problems', () => {
  const text = page('docs/problems.md');

  test('has every problem of the server with its status', () => {
    const listed = firstCells(section(text, '## Requests and the server'));
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(Object.entries(problems).map(([code, { status }]) => [code, String(status)])),
    );
  });

  test('has every rule of the domain', () => {
    const listed = firstCells(section(text, '## Rules of the domain, status 422')).map(([code]) => code);
    expect(listed.toSorted()).toEqual(domainRules());
  });

  test('has every rule of fields', () => {
    const cells = [...section(text, '## Rules of fields').matchAll(/^\| (`.*?) *\|/gm)].map(([, cell]) => cell!);
    const listed = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, rule]) => rule!));
    expect(listed.toSorted()).toEqual(fieldRules());
  });

  test('has every rule of imports', () => {
    const listed = firstCells(section(text, '## Lines of an import')).map(([code]) => code);
    expect(listed.toSorted()).toEqual(importRules());
  });

  test('speaks Chinese on the page for everything that the server answers', () => {
    const domain = firstCells(section(text, '## Rules of the domain, status 422'));
    const answered = [
      ...Object.keys(problems).filter((code) => code !== 'rule_violation'),
      ...domain.filter(([, meaning]) => !meaning.startsWith('command line:')).map(([code]) => code),
      ...fieldRules(),
      ...importRules(),
    ];
    expect(answered.filter((code) => !Object.hasOwn(refusalTexts.zh, code))).toEqual([]);
    expect(Object.keys(refusalTexts.zh).filter((code) => !answered.includes(code))).toEqual([]);
  });
});

describe('every page', () => {
  test.each(pages.map(({ path, text }) => [path, text] as const))('%s links to what is there', (path, text) => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
    const missing = targets
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file, anchor] = target.split('#') as [string, string?];
        const linked = file === '' ? path : join(dirname(path), file);
        if (!existsSync(linked)) return true;
        return anchor !== undefined && !anchorsOf(readFileSync(linked, 'utf8')).includes(anchor);
      });
    expect(missing).toEqual([]);
  });

  test.each(pages.map(({ path, text }) => [path, text] as const))(
    '%s names files of the code that are there',
    (_, text) => {
      const named = [...text.matchAll(/`((?:apps|libs|test|scripts|bench|docs)\/[\w./-]+\.\w+)`/g)].map(
        ([, file]) => file!,
      );
      expect(named.filter((file) => !existsSync(file))).toEqual([]);
    },
  );
});

function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
