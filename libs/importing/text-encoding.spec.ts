import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodingOf, rewriteAsUtf8, type TextEncoding } from './text-encoding.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dealtrail-encoding-'));
});
afterAll(() => rm(folder, { recursive: true }));

const western = Buffer.from('Kunde,Betrag\nMüller & Söhne,5 €\n', 'latin1');
western[western.indexOf('5 ') + 2] = 0x80;
/** 客户,金额 华为技术,5 */
const chinese = Buffer.from('bfcdbba72cbdf0b6ee0abbaaceaabcbccaf52c350a', 'hex');

describe('the encoding of a file', () => {
  test.each<[TextEncoding, string, Buffer, string]>([
    ['utf-8', 'plain', Buffer.from('a,b\n1,2\n'), 'a,b\n1,2\n'],
    ['utf-8', 'UTF-8', Buffer.from('客户,Müller\n'), '客户,Müller\n'],
    ['utf-8', 'behind its mark', Buffer.from('\uFEFFa,ü\n'), '\uFEFFa,ü\n'],
    ['utf-16le', 'as Excel saves Unicode', Buffer.from('\uFEFF客户\t1\n', 'utf16le'), '客户\t1\n'],
    ['utf-16be', 'with the other mark', Buffer.from('\uFEFF客户\t1\n', 'utf16le').swap16(), '客户\t1\n'],
    ['windows-1252', 'Western', western, 'Kunde,Betrag\nMüller & Söhne,5 €\n'],
    ['gb18030', 'Chinese', chinese, '客户,金额\n华为技术,5\n'],
  ])('is %s where it is %s', async (encoding, _, bytes, text) => {
    const path = join(folder, 'file.csv');
    await writeFile(path, bytes);
    expect(await encodingOf(path)).toBe(encoding);
    if (encoding !== 'utf-8') await rewriteAsUtf8(path, encoding);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  test('stays UTF-8 where few of many characters are broken', async () => {
    const path = join(folder, 'broken.csv');
    await writeFile(
      path,
      Buffer.concat([Buffer.from('客户,金额\n华为技术,5\nM'), Buffer.from([0xfc]), Buffer.from('ller,6\n')]),
    );
    expect(await encodingOf(path)).toBe('utf-8');
  });
});
