import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { configFrom, environment } from './config.ts';
import { startServer } from './server.ts';
import { untilAskedToEnd } from './signals.ts';

const logger = new Logger('main');
// Before anything starts, for it may be asked to end as soon as it says that it listens, or sooner.
const asked = untilAskedToEnd();
try {
  const server = await startServer(configFrom(environment()));
  logger.log(`Ending on ${await asked}`);
  await server.close();
} catch (error) {
  logger.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
