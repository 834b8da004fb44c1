import { Controller, Get, Headers, Inject, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStore } from '../../libs/eventsourcing/event-store.ts';
import { knownPosition } from '../../libs/http/known-position.ts';
import { LiveEvents } from './live-events.ts';

const HEARTBEAT_MILLISECONDS = 15_000;
const RECONNECT_MILLISECONDS = 1_000;

@ApiTags('live')
@Controller('api/v1/live')
export class LiveController {
  readonly #live: LiveEvents;
  readonly #eventStore: EventStore;

  constructor(@Inject(LiveEvents) live: LiveEvents, @Inject(EventStore) eventStore: EventStore) {
    this.#live = live;
    this.#eventStore = eventStore;
  }

  @Get()
  @ApiOperation({
    summary: 'New events as they are recorded, as server-sent events',
    description:
      'Each is named `event`, has the position as its id, and {stream, type, position, occurredAt} as data. ' +
      'A comment comes every 15 seconds. With Last-Event-ID, every event after that position comes first.',
  })
  @ApiProduces('text/event-stream')
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The id of the last event received.' })
  async live(
    @Headers('last-event-id') last: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const from = last === undefined ? undefined : knownPosition(this.#eventStore, 'Last-Event-ID', last);
    const { raw } = reply;
    const gone = new AbortController();
    raw.on('close', () => gone.abort());
    reply.hijack();
    raw.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
      // A stream that ends is over: the connection must not keep a server that shuts down waiting.
      Connection: 'close',
    });
    if (request.method === 'HEAD') {
      raw.end();
      return;
    }
    raw.write(`retry: ${RECONNECT_MILLISECONDS}\n\n`);
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MILLISECONDS);
    try {
      for await (const page of this.#live.after(from, gone.signal)) {
        const text = page.map((event) => `id: ${event.position}\nevent: event\ndata: ${JSON.stringify(event)}\n\n`);
        if (!raw.write(text.join('')) && !gone.signal.aborted) await drained(raw, gone.signal);
      }
    } finally {
      clearInterval(heartbeat);
      raw.end();
    }
  }
}

/** The client reads slower than events come; what waits for it meanwhile is bounded in `LiveEvents`. */
async function drained(raw: FastifyReply['raw'], gone: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    raw.once('drain', resolve);
    gone.addEventListener('abort', () => resolve(), { once: true });
  });
}
