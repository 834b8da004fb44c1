import { hostname } from 'node:os';
import { HttpException, Logger, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { commandsWith } from '../../libs/composition/commands.ts';
import { eventCatalogue } from '../../libs/composition/event-catalogue.ts';
import { openStores, type Stores } from '../../libs/composition/stores.ts';
import { commandHandler, type CommandHandler } from '../../libs/eventsourcing/command-handler.ts';
import { pipelineReader } from '../../libs/pipelines/pipeline.handlers.ts';
import { AppModule, type Parts } from './app.module.ts';
import { BackgroundWork } from './background-work.ts';
import type { Config } from './config.ts';
import { compressAnswers } from './compress-answers.ts';
import { leaveCsvToUploads } from './csv-bodies.ts';
import { defineDefaultPipeline } from './default-pipeline.ts';
import { Health } from './health.ts';
import { LiveEvents } from './live-events.ts';
import { MeasuredEventStore } from './measured-event-store.ts';
import { createMetrics, measureRequests } from './metrics.ts';
import { serveOpenApi } from './openapi.ts';
import { builtPage, mendedAddress, servePage } from './page.ts';
import { ProblemFilter, sendProblem } from './problem.filter.ts';
import { problemOf } from './problems.ts';
import { ProjectionOperations } from './projection-operations.ts';
import { Projector } from './projector.ts';
import { ReadYourWrites } from './read-your-writes.ts';
import { addRequestChecks } from './request-checks.ts';
import { countRequests, type RequestsUnderWay } from './requests-under-way.ts';
import { collectRouteMethods } from './route-methods.ts';
import { ServerLog } from './server-log.ts';
import { readRefusedBodies } from './unread-bodies.ts';
import { answerUnreadable } from './unreadable-requests.ts';
import { validationPipe } from './validation.ts';

/** Largest body: more than any command of ours, less than an event may have. */
const BODY_LIMIT_BYTES = 512 * 1024;
/** Ids have 100 characters at most; a longer parameter is answered as too long before anything else looks at it. */
const LONGEST_PARAMETER = 1_000;

/** How long requests under way may take to finish when the server ends. */
const LONGEST_FAREWELL_MILLISECONDS = 10_000;

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  /** Stops taking requests, finishes those under way, stops projecting, closes the stores. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly logger?: LoggerService | false;
  /** Directory of the built page, or none; where left out, what was built with this server. */
  readonly page?: string | false;
}

/** Starts everything the configuration asks for. Throws where a store cannot be opened or the port is taken. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const now = options.now ?? Date.now;
  const logger = new Logger('server');
  const stores = await openStores(config);
  const owner = `${hostname()}:${process.pid}`;
  const projector = config.roles.includes('projector')
    ? new Projector({ locations: locationsOf(config), owner }, logger)
    : undefined;
  const closing: (() => Promise<void> | undefined)[] = [() => projector?.stop(), () => stores.close()];
  async function close(): Promise<void> {
    for (const step of closing) await step();
  }
  try {
    const { app, requests } = await createApp(config, stores, projector, { ...options, now });
    closing.unshift(() => endGently(app, requests));
    projector?.start();
    await app.listen(config.port, config.host);
    const url = await app.getUrl();
    tell(config, url, logger);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function createApp(
  config: Config,
  stores: Stores,
  projector: Projector | undefined,
  { now, logger, ...options }: ServerOptions & { readonly now: () => number },
): Promise<{ app: NestFastifyApplication; requests: RequestsUnderWay }> {
  const log = new Logger('projections');
  const operations = new ProjectionOperations(stores, locationsOf(config), log, now);
  const statuses = () => operations.statuses();
  const metrics = createMetrics(statuses, (position) => stores.eventStore.ordinal(position));
  const eventStore = new MeasuredEventStore(stores.eventStore, metrics.appended);
  const handler: CommandHandler = commandHandler(eventStore, eventCatalogue, now);
  const commands = commandsWith(handler);
  const background = new BackgroundWork(config.data, locationsOf(config), new Logger('background'), now);
  const live = new LiveEvents(stores.eventStore, eventCatalogue, (error) => log.error(error));
  const parts: Parts = {
    eventStore,
    readModels: stores.readModels,
    commands,
    importCommands: { handler, ...commands, pipelineOf: pipelineReader(handler), now },
    streamEvents: (stream) => handler.eventsSince(stream, -1),
    clock: now,
    live,
    operations,
    background,
    health: new Health(stores, statuses, projector && (() => projector.health())),
    metrics,
  };
  const api = config.roles.includes('api');
  const page = api && (options.page ?? builtPage());
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    forceCloseConnections: 'idle',
    // Before a route is found there is no filter to answer.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const mended = page && error.code === 'FST_ERR_BAD_URL' ? mendedAddress(request) : undefined;
      if (mended !== undefined) reply.redirect(mended);
      else sendProblem(reply, problemOf(new HttpException(error.message, error.statusCode ?? 400), false));
    },
    clientErrorHandler: answerUnreadable,
  });
  const fastify = adapter.getInstance();
  const methodsAt = collectRouteMethods(fastify);
  const requests = countRequests(fastify);
  // JSON is the language of bodies, but for files; without its parser, text is an unsupported media type.
  fastify.removeContentTypeParser('text/plain');
  leaveCsvToUploads(fastify);
  readRefusedBodies(fastify);
  addRequestChecks(fastify, config);
  measureRequests(fastify, metrics);
  compressAnswers(fastify);
  fastify.addHook('preClose', async () => live.close());
  fastify.addHook('onClose', () => operations.close());
  fastify.addHook('onClose', () => background.close());

  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(parts, { api }), adapter, {
    bodyParser: false,
    logger: logger ?? new ServerLog(),
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalInterceptors(new ReadYourWrites(stores));
  app.useGlobalFilters(new ProblemFilter(handler, methodsAt));
  if (api) {
    serveOpenApi(app);
    if (!page) fastify.get('/', (_request, reply) => reply.redirect('/api/docs'));
    else servePage(fastify, page);
    await defineDefaultPipeline(commands.pipelines, handler);
  }
  return { app, requests };
}

async function endGently(app: NestFastifyApplication, requests: RequestsUnderWay): Promise<void> {
  const closed = app.close();
  await requests.finished(LONGEST_FAREWELL_MILLISECONDS);
  app.getHttpServer().closeAllConnections();
  await closed;
}

function locationsOf({ data, eventStoreUrl, mongodbUrl }: Config) {
  return {
    data,
    ...(eventStoreUrl === undefined ? {} : { eventStoreUrl }),
    ...(mongodbUrl === undefined ? {} : { mongodbUrl }),
  };
}

function tell({ actors, kafkaBrokers, roles }: Config, url: string, logger: Logger): void {
  logger.log(`Listening at ${url}, doing ${roles.join(', ')}; the API is described at ${url}/api/docs`);
  if (actors.size === 0) logger.warn('No DEALTRAIL_TOKENS: whoever reaches this address is the admin `local`.');
  if (kafkaBrokers.length > 0)
    logger.warn('KAFKA_BROKERS is set, but this version has no relay: nothing goes to Kafka.');
}
