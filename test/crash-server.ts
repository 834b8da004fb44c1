import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/apps/server/main.js', import.meta.url));

/** The built server as a process of its own, to be killed and started again on one directory, each time on a free port. */
export interface CrashingServer {
  /** Since the last start. */
  readonly url: string;
  /** Starts it and resolves when it listens; rejects with what it printed where it ends instead. */
  start(): Promise<void>;
  /** Resolves when it listens, now or after the next start. */
  up(): Promise<void>;
  /** `kill -9`; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Asks it to end, as an operator does. */
  end(): Promise<void>;
}

/** Prepares a server; `directory` gets its data, and a cache of compiled code that makes every start but the first quicker. */
export function crashingServer(directory: string): CrashingServer {
  const env = {
    PATH: process.env['PATH'],
    PORT: '0',
    DEALTRAIL_DATA: join(directory, 'data'),
    NODE_COMPILE_CACHE: join(directory, 'compiled'),
  };
  let child: ChildProcess | undefined;
  let url = '';
  let listening = Promise.withResolvers<void>();

  async function gone(signal: NodeJS.Signals): Promise<void> {
    listening = Promise.withResolvers();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }

  return {
    get url() {
      return url;
    },
    async start() {
      let output = '';
      const started = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      child = started;
      url = await new Promise<string>((resolve, reject) => {
        const hear = (chunk: Buffer): void => {
          output += chunk.toString();
          const [, told] = /Listening at (\S+?),/.exec(output) ?? [];
          if (told !== undefined) resolve(told);
        };
        started.stdout.on('data', hear);
        started.stderr.on('data', hear);
        started.on('exit', () => reject(new Error(`The server ended: ${output}`)));
      });
      listening.resolve();
    },
    up: () => listening.promise,
    kill: () => gone('SIGKILL'),
    end: () => gone('SIGTERM'),
  };
}
