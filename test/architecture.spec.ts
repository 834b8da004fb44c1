/** What the linter and dependency-cruiser cannot say of the source. They say the rest, in `npm run check`. */
import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const all: readonly SourceFile[] = globSync('{apps,libs,test,bench}/**/*.ts', {
  exclude: (path) => ['node_modules', 'web'].includes(basename(path)),
}).map((path) => ({ path, text: readFileSync(path, 'utf8') }));

const shipped = all.filter(({ path }) => /^(apps|libs)\//.test(path) && !/\.spec\.ts$|\/testing\//.test(path));
const libs = shipped.filter(({ path }) => path.startsWith('libs/'));

/** `path:line: text` of every line that matches, so that a failure says where to look. */
function linesMatching(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

function pathsMatching(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.map(({ path }) => path).filter((path) => pattern.test(path));
}

describe('the source', () => {
  test('is found', () => {
    expect(all.length).toBeGreaterThan(10);
  });

  test('names files for their contents', () => {
    expect(pathsMatching(all, /(^|[/.-])(utils?|common|types|helpers?|misc|index)\.ts$/)).toEqual([]);
  });

  test('has no file of more than 350 lines', () => {
    expect(all.filter(({ text }) => text.split('\n').length > 351).map(({ path }) => path)).toEqual([]);
  });

  test('imports its own files by their full name', () => {
    expect(linesMatching(all, /\b(from|import)\s*\(?\s*'\.{1,2}\/(?![^']*\.(ts|json)')/)).toEqual([]);
  });

  test('opens stored events in the catalogue only, so none escapes the upcasts', () => {
    // EventStoreDB's client writes JSON itself, so its envelope parses what it sends; it looks at no field of it.
    const allowed = ['libs/eventsourcing/catalogue.ts', 'libs/eventsourcing/eventstoredb/event-envelope.ts'];
    const elsewhere = libs.filter(({ path }) => !allowed.includes(path));
    expect(linesMatching(elsewhere, /JSON\.parse\([^)]*\b(data|metadata)\b/)).toEqual([]);
  });

  test('keeps decorators at the edge', () => {
    const inside = libs.filter(({ path }) => !/\.(controller|dto|handlers|module)\.ts$/.test(path));
    expect(linesMatching(inside, /^\s*@[A-Z]\w*\(/)).toEqual([]);
  });

  test('keeps the run-time type of request bodies, without which nothing is validated', () => {
    const edge = shipped.filter(({ path }) => /\.(controller|dto)\.ts$/.test(path));
    expect(linesMatching(edge, /import type .*\.dto\.ts'|import .*\btype \w+Dto\b.*\.dto\.ts'/)).toEqual([]);
  });

  test('swallows no error', () => {
    expect(linesMatching(shipped, /\.catch\(\s*(async )?\(\w*\)\s*=>\s*(\{\s*\}|undefined|null)\s*\)/)).toEqual([]);
  });

  test('computes no amount in floating point', () => {
    const money = libs.filter(({ path }) => !path.startsWith('libs/statistics/'));
    expect(linesMatching(money, /\b(parseFloat|toFixed)\(/)).toEqual([]);
  });
});
