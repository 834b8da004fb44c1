import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import type { Position } from '../../libs/eventsourcing/event.ts';
import type { ProjectionStatus } from '../../libs/eventsourcing/projections/projection-status.ts';

/** What Prometheus reads of one server. */
export interface Metrics {
  readonly registry: Registry;
  /** All figures as they are now, in Prometheus' format. */
  text(): Promise<string>;
  /** Notes an append of some events that took some seconds. */
  appended(events: number, seconds: number): void;
}

/**
 * @param statuses asked at every scrape; where it fails, projections are missing in that scrape
 * @param ordinal how far into the log a position lies
 */
export function createMetrics(
  statuses: () => Promise<readonly ProjectionStatus[]>,
  ordinal: (position: Position) => number,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const events = new Counter({
    name: 'dealtrail_events_appended_total',
    help: 'Events appended by this process.',
    registers,
  });
  const appends = new Histogram({
    name: 'dealtrail_append_duration_seconds',
    help: 'How long appends took until they were durable.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const gauges = {
    lag: gauge('lag', 'Events, or bytes of the log, that a projection does not contain yet.'),
    lag_seconds: gauge('lag_seconds', 'Age of the oldest event that a projection does not contain yet.'),
    position: gauge('position', 'How far into the log a projection is, in events or bytes.'),
    head: gauge('head', 'How long the log is, in events or bytes.'),
    parked: gauge('parked_events', 'Events that wait for a person.'),
    alarm: gauge('alarm', '1 where the log moves and the projection does not.'),
    up: gauge('up', '1 where somebody leads the projection.'),
  };
  function gauge(name: string, help: string): Gauge<'projection'> {
    return new Gauge({ name: `dealtrail_projection_${name}`, help, labelNames: ['projection'], registers });
  }
  const readable = new Gauge({
    name: 'dealtrail_projection_status_up',
    help: '1 where the status of projections could be read.',
    registers,
  });
  async function refresh(): Promise<void> {
    try {
      for (const status of await statuses()) note(status);
      readable.set(1);
    } catch {
      // A store that is away must not take the other figures with it; this gauge is how it shows.
      readable.set(0);
    }
  }
  function note(status: ProjectionStatus): void {
    const projection = status.name;
    gauges.lag.set({ projection }, status.lag);
    gauges.lag_seconds.set({ projection }, status.lagSeconds);
    gauges.position.set({ projection }, ordinal(status.position));
    gauges.head.set({ projection }, ordinal(status.head));
    gauges.parked.set({ projection }, status.parked);
    gauges.alarm.set({ projection }, status.alarm ? 1 : 0);
    gauges.up.set({ projection }, status.owner === undefined || status.state === 'stopped' ? 0 : 1);
  }
  return {
    registry,
    async text() {
      await refresh();
      return registry.metrics();
    },
    appended(count, seconds) {
      events.inc(count);
      appends.observe(seconds);
    },
  };
}

/** Measures every request by the pattern of its route, so that ids do not make series. */
export function measureRequests(fastify: FastifyInstance, { registry }: Metrics): void {
  const durations = new Histogram({
    name: 'dealtrail_http_request_duration_seconds',
    help: 'How long requests took until they were answered.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
  });
}
