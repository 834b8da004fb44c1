import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { Uploads } from './uploads.ts';

test('uploads are taken though others break off at the same time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dealtrail-uploads-'));
  const uploads = new Uploads(folder, Date.now);
  async function keep(): Promise<void> {
    const { id } = await uploads.keep('deals.csv', Readable.from([Buffer.from('Id\nD-1\n')]));
    expect(await uploads.find(id)).toMatchObject({ name: 'deals.csv' });
  }
  async function breakOff(): Promise<void> {
    await expect(uploads.keep('broken.csv', Readable.from(broken()))).rejects.toThrow('The connection is gone.');
  }
  const repeated = async (work: () => Promise<void>) => {
    for (let time = 0; time < 60; time++) await work();
  };
  await Promise.all([keep, breakOff, breakOff, breakOff].map(repeated));
  await rm(folder, { recursive: true });
});

async function* broken(): AsyncGenerator<Buffer> {
  yield Buffer.from('Id\n');
  throw new Error('The connection is gone.');
}
