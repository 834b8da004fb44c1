import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';

/** The built server in a process of its own. */
export interface BenchServer {
  readonly url: string;
  get(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  /** Most memory it ever had resident; undefined where the system does not tell. */
  peakMebibytes(): number | undefined;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Starts the built server of a file on a free port with stores in a directory. Throws where it does not come up. */
export async function startBuiltServer(main: string, data: string): Promise<BenchServer> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { PATH: process.env['PATH'], PORT: '0', DEALTRAIL_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => child.kill());
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, found] = /Listening at (http:\S+?),/.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code} before it listened.`)));
  });
  const agent = new Agent({ keepAlive: true });

  function send(method: string, path: string, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const sent = request(url + path, { agent, method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          if (status >= 400) reject(new Error(`${method} ${path} was answered ${status}: ${text}`));
          else resolve({ status, body: JSON.parse(text) as Answer['body'] });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  return {
    url,
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, JSON.stringify(body)),
    peakMebibytes() {
      const file = `/proc/${child.pid}/status`;
      const [, kibibytes] = (existsSync(file) && /VmHWM:\s+(\d+) kB/.exec(readFileSync(file, 'utf8'))) || [];
      return kibibytes === undefined ? undefined : Math.round(Number(kibibytes) / 1024);
    },
    async stop() {
      agent.destroy();
      child.kill('SIGTERM');
      await ended;
    },
  };
}
