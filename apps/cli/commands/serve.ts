import type { Command } from 'commander';
import { note, print } from '../answer.ts';
import { addCommand, configOf, wholeNumber, type SharedOptions } from '../command-line.ts';

interface ServeOptions extends SharedOptions {
  readonly port?: number;
}

export function registerServe(program: Command): void {
  addCommand(program, 'serve', 'answer HTTP and keep the read models, as the environment says')
    .option('--port <number>', 'where to listen (default: $PORT or 3000; 0: any free one)', wholeNumber(0, 65_535))
    .action(async (options: ServeOptions) => {
      const config = configOf(options, options.port === undefined ? {} : { PORT: String(options.port) });
      // The server and its framework are large, so the other commands do without.
      await import('reflect-metadata');
      const { startServer } = await import('../../server/server.ts');
      const { untilAskedToEnd } = await import('../../server/signals.ts');
      const { stderrLog } = await import('../stderr-log.ts');
      // Before it starts, for it may be asked to end as soon as it says that it listens, or sooner.
      const asked = untilAskedToEnd();
      const server = await startServer(config, options.json ? { logger: stderrLog() } : {});
      if (options.json) await print(`${JSON.stringify({ url: server.url })}\n`);
      note(`Ending on ${await asked}`);
      await server.close();
    });
}
