import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

/** Token of the server's metrics. */
export const METRICS = Symbol('metrics');

/** For probes and scrapers. */
@ApiExcludeController()
@Controller()
export class HealthController {
  readonly #health: Health;
  readonly #metrics: Metrics;

  constructor(@Inject(Health) health: Health, @Inject(METRICS) metrics: Metrics) {
    this.#health = health;
    this.#metrics = metrics;
  }

  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const readiness = await this.#health.readiness();
    reply.status(readiness.status === 'ok' ? 200 : 503);
    reply.header('Cache-Control', 'no-store').send(readiness);
  }

  @Get('metrics')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const text = await this.#metrics.text();
    reply.header('Content-Type', this.#metrics.registry.contentType).send(text);
  }
}
