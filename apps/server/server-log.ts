import { ConsoleLogger, type ConsoleLoggerOptions } from '@nestjs/common';

/** What the framework says of its own start, every route by itself. */
const FRAMEWORK = ['InstanceLoader', 'NestApplication', 'NestFactory', 'RouterExplorer', 'RoutesResolver'];

/** One line for everything a person running the server should know, in colour only for people. */
export class ServerLog extends ConsoleLogger {
  constructor(options: ConsoleLoggerOptions = {}) {
    super({ colors: process.stdout.isTTY, logLevels: ['log', 'warn', 'error', 'fatal'], ...options });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!FRAMEWORK.includes(String(rest.at(-1)))) super.log(message, ...rest);
  }
}
