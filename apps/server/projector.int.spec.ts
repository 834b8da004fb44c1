import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../libs/eventsourcing/testing/eventually.ts';
import { Projector } from './projector.ts';

describe('the projector thread', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dealtrail-projector-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  test('that cannot start says why, is started again, and recovers when the cause is gone', async () => {
    const data = join(folder, 'data');
    await writeFile(data, 'a file where the directory should be');
    const warnings: string[] = [];
    const log = { warn: (message: string) => warnings.push(message), log: () => undefined };
    const projector = new Projector({ locations: { data }, owner: 'test' }, log);
    projector.start();
    await eventually(() => projector.health().restarts >= 1 && !projector.health().running);
    expect(projector.health().lastError).toMatch(/EEXIST|ENOTDIR|not a directory|unable to open/i);
    expect(warnings[0]).toContain('it starts again');

    await rm(data);
    await mkdir(data);
    await eventually(() => projector.health().running && existsSync(join(data, 'read-models.db')));
    await projector.stop();
    expect(projector.health().running).toBe(false);
  });
});
