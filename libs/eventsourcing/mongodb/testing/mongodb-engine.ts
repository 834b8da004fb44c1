import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PATIENCE_MILLISECONDS } from '../../testing/eventually.ts';

/** MongoDB's own engine, for tests: a process of its own on a free port of the loopback, with a directory of its own. */
export interface MongoDbEngine {
  /** Connects to the database `dealtrail`, empty at first. */
  readonly url: string;
  /** Connects to another database of that name. */
  urlOf(database: string): string;
  readonly port: number;
  /** Ends the process at once, as a power cut does to it; the data stay. */
  kill(): Promise<void>;
  /** Starts it again, after `kill`, on the same port and data. */
  restart(): Promise<void>;
  /** Ends the process and removes its data. */
  stop(): Promise<void>;
}

const NEEDED_GLIBC = [2, 38] as const;
const checkout = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * Whether the engine can run on this host: natively, or on the C library that `test/engines/prepare-mongodb.sh`
 * unpacked. Where it cannot, says so in one line, and in CI throws, so that a missing engine never passes for success.
 */
export function mongoDbEngineRuns(): boolean {
  if (hostIsNewEnough() || unpackedLoader() !== undefined) return true;
  const reason = 'MongoDB’s engine cannot run on this host: run test/engines/prepare-mongodb.sh first.';
  if (process.env['CI'] === 'true') throw new Error(reason);
  process.stdout.write(`${reason} Its tests are left out.\n`);
  return false;
}

/** Starts an engine with no data in it. */
export async function startMongoDb(): Promise<MongoDbEngine> {
  const home = await mkdtemp(join(tmpdir(), 'dealtrail-mongodb-'));
  await mkdir(join(home, 'data'));
  let child = forkChild(home, 0);
  const port = await listening(child);
  const urlOf = (database: string) => `mongodb://127.0.0.1:${port}/${database}?directConnection=true`;
  return {
    url: urlOf('dealtrail'),
    urlOf,
    port,
    async kill() {
      await ended(child, () => child.kill('SIGKILL'));
    },
    async restart() {
      child = forkChild(home, port);
      await listening(child);
    },
    async stop() {
      const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MILLISECONDS);
      await ended(child, () => child.send('stop'));
      clearTimeout(impatience);
      await rm(home, { recursive: true, force: true });
    },
  };
}

function forkChild(home: string, port: number): ChildProcess {
  const loader = hostIsNewEnough() ? undefined : unpackedLoader();
  const script = fileURLToPath(new URL('./mongodb-engine.child.ts', import.meta.url));
  return fork(script, [join(home, 'data'), String(port)], {
    execPath: loader ?? process.execPath,
    execArgv: loader === undefined ? [] : ['--library-path', join(loader, '..'), process.execPath],
    // The engine's socket lies in TMPDIR and outlives a kill; in here it is removed with the data.
    env: { ...process.env, TMPDIR: home, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

/** The port the child serves. Rejects with what it printed where it ends instead, or takes longer than is bearable. */
async function listening(child: ChildProcess): Promise<number> {
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MILLISECONDS);
  const ready = once(child, 'message').then(([message]) => (message as { port: number }).port);
  const port = await Promise.race([ready, once(child, 'exit').then(() => undefined)]);
  clearTimeout(impatience);
  if (port === undefined) throw new Error(`MongoDB’s engine did not start: ${output}`);
  return port;
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  end();
  await exit;
}

function hostIsNewEnough(): boolean {
  if (process.platform !== 'linux') return true;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  const [major = 0, minor = 0] = (header.glibcVersionRuntime ?? '').split('.').map(Number);
  return major > NEEDED_GLIBC[0] || (major === NEEDED_GLIBC[0] && minor >= NEEDED_GLIBC[1]);
}

function unpackedLoader(): string | undefined {
  const prepared = join(checkout, '.cache/mongodb-engine');
  if (!existsSync(join(prepared, 'ready'))) return undefined;
  const [loader] = globSync('usr/lib/*/ld-linux-*.so.*', { cwd: prepared });
  return loader === undefined ? undefined : join(prepared, loader);
}
