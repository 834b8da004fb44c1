import { describe, expect, jest, test } from '@jest/globals';
import { HttpException, Logger, NotFoundException, type ArgumentsHost } from '@nestjs/common';
import type { CommandHandler } from '../../libs/eventsourcing/command-handler.ts';
import {
  CommandReused,
  ConcurrencyConflict,
  EventTooLarge,
  Forbidden,
  NotFound,
  ProjectionBehind,
  RuleViolation,
  StoreUnavailable,
} from '../../libs/eventsourcing/errors.ts';
import type { RecordedEvent } from '../../libs/eventsourcing/event.ts';
import { invalid } from '../../libs/http/invalid-input.ts';
import { ProblemFilter } from './problem.filter.ts';
import { problemOf, problems, RequestProblem } from './problems.ts';

Logger.overrideLogger(false);

const opened = { opportunityId: 'd', pipelineId: 'default', stageId: 'potential', title: 'A', owner: 'ann' };
const events = [
  { type: 'OpportunityOpened', revision: 0, data: opened },
  { type: 'OpportunityTransferred', revision: 1, data: { from: 'ann', to: 'bob' } },
  {
    type: 'OpportunityStageMoved',
    revision: 2,
    data: { from: 'potential', to: 'bidding', direction: 'forward', skipped: [] },
  },
].map((event) => ({
  ...event,
  stream: 'opportunity-d',
  occurredAt: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-02T00:00:00.000Z',
  metadata: { actor: { id: 'bob', role: 'rep' }, source: 'api' },
})) as unknown as readonly RecordedEvent[];

async function answer(
  thrown: unknown,
  headers: Record<string, string> = {},
  eventsSince: CommandHandler['eventsSince'] = async () => events,
) {
  const sent: { status?: number; headers: Record<string, unknown>; body?: Record<string, unknown> } = { headers: {} };
  const reply = {
    status: (status: number) => ((sent.status = status), reply),
    header: (name: string, value: unknown) => ((sent.headers[name] = value), reply),
    send: (body: string) => (sent.body = JSON.parse(body)),
  };
  const http = { getRequest: () => ({ headers, method: 'PUT', url: '/here?x=1' }), getResponse: () => reply };
  const filter = new ProblemFilter({ eventsSince }, (path) => (path === '/here' ? ['GET'] : []));
  const host = { switchToHttp: () => http } as unknown as ArgumentsHost;
  await filter.catch(thrown, host);
  return sent;
}

describe('the problem filter', () => {
  const rows: readonly (readonly [Error, number, string])[] = [
    [invalid('title', 'text', 'no'), 400, 'validation_failed'],
    [new RuleViolation('reason_required', 'A reason is needed.', 'reason'), 422, 'reason_required'],
    [new NotFound('opportunity', 'x'), 404, 'not_found'],
    [new NotFound('read model', 'x'), 503, 'projection_behind'],
    [new Forbidden('no'), 403, 'forbidden'],
    [new CommandReused('c'), 422, 'idempotency_key_reused'],
    [new ConcurrencyConflict('opportunity-d', 1, 2), 409, 'conflict'],
    [new EventTooLarge('X', 2, 1), 413, 'event_too_large'],
    [new StoreUnavailable('secret host'), 503, 'store_unavailable'],
    [new ProjectionBehind('board', '7'), 503, 'projection_behind'],
    [new RequestProblem('rebuild_under_way', 'x'), 409, 'rebuild_under_way'],
    [new HttpException('x', 415), 415, 'unsupported_media_type'],
    [new HttpException('x', 418), 400, 'malformed_request'],
    [new Error('secret'), 500, 'internal_error'],
  ];
  test.each(rows)('answers %p with %i %s', async (error, status, code) => {
    const { status: sent, headers, body } = await answer(error);
    expect([sent, body!['code'], body!['status']]).toEqual([status, code, status]);
    expect(headers['Content-Type']).toContain('application/problem+json');
    expect(JSON.stringify(body)).not.toContain('secret');
    expect(headers['Retry-After']).toBe(status === 503 ? 1 : undefined);
  });

  test('tells the loser of a race who did what since the version it saw', async () => {
    const { body } = await answer(new ConcurrencyConflict('opportunity-d', 0, 2));
    expect(body).toMatchObject({ expected: 0, actual: 2 });
    expect(body!['changes']).toEqual([
      {
        type: 'OpportunityTransferred',
        revision: 1,
        who: { id: 'bob', role: 'rep' },
        when: '2026-01-02T00:00:00.000Z',
        occurredAt: '2026-01-01T00:00:00.000Z',
        source: 'api',
        changes: expect.arrayContaining([{ field: 'owner', from: 'ann', to: 'bob' }]),
      },
      expect.objectContaining({
        type: 'OpportunityStageMoved',
        changes: expect.arrayContaining([{ field: 'stageId', from: 'potential', to: 'bidding' }]),
      }),
    ]);
  });

  test('answers 412 where the request named the version, and the conflict even where its history cannot be read', async () => {
    const away = jest.fn<CommandHandler['eventsSince']>().mockRejectedValue(new StoreUnavailable('away'));
    const { status, body } = await answer(new ConcurrencyConflict('opportunity-d', 0, 2), { 'if-match': '"0"' }, away);
    expect([status, body!['code'], body!['changes']]).toEqual([412, 'stale_version', undefined]);
  });

  test('tells a method that a path does not take from a path that is not there', async () => {
    const { status, headers } = await answer(new NotFoundException());
    expect([status, headers['Allow']]).toEqual([405, 'GET']);
  });
});

describe('the catalogue of problems', () => {
  test('has a status and a title for every code, and every code in the form of the others', () => {
    for (const [code, { status, title }] of Object.entries(problems)) {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(title).not.toBe('');
    }
  });

  test('names the field a rule is about, and what its words speak of', () => {
    const parameters = { currency: 'CNY' };
    const refusal = new RuleViolation('currency_differs', 'No.', 'amount.currency', parameters);
    expect(problemOf(refusal, false)).toMatchObject({
      type: 'urn:dealtrail:problem:currency_differs',
      parameters,
      errors: [{ field: 'amount.currency', rule: 'currency_differs', message: 'No.', parameters }],
    });
  });
});
