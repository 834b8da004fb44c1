import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PATH_METADATA, METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { getMetadataStorage } from 'class-validator';
import { LiveController } from '../apps/server/live.controller.ts';
import { MeController } from '../apps/server/me.controller.ts';
import { ProjectionsController } from '../apps/server/projections.controller.ts';
import { AuditJobsController } from '../libs/audit/http/audit-jobs.controller.ts';
import { AuditController } from '../libs/audit/http/audit.controller.ts';
import { ImportsController } from '../libs/importing/http/imports.controller.ts';
import { OpportunitiesController } from '../libs/opportunities/http/opportunities.controller.ts';
import { ReportsController } from '../libs/opportunities/http/reports.controller.ts';
import { PipelinesController } from '../libs/pipelines/pipelines.controller.ts';
import { startTestServer, type TestServer } from './testing/running-server.ts';

const controllers = [
  LiveController,
  MeController,
  ProjectionsController,
  OpportunitiesController,
  ReportsController,
  PipelinesController,
  AuditController,
  AuditJobsController,
  ImportsController,
];
const METHODS = ['get', 'post', 'put', 'delete', 'patch'];
const BODY = '3';
const QUERY = '4';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly name: string;
  /** The run-time classes of body and query parameters. */
  readonly inputs: readonly unknown[];
}

/** Every route as the decorators have it. */
const routes: readonly Route[] = controllers.flatMap((controller) => {
  const root: string = Reflect.getMetadata(PATH_METADATA, controller);
  return Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
    if (name === 'constructor') return [];
    const handler: object = Reflect.get(controller.prototype, name);
    const path: string | undefined = Reflect.getMetadata(PATH_METADATA, handler);
    if (path === undefined) return [];
    const types: unknown[] = Reflect.getMetadata('design:paramtypes', controller.prototype, name);
    const parameters: Record<string, { index: number }> =
      Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {};
    const inputs = Object.entries(parameters)
      .filter(([key]) => [BODY, QUERY].includes(key.split(':')[0]!))
      .map(([, { index }]) => types[index]);
    const method = METHODS[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
    const full = `/${root}/${path}`.replaceAll(/\/+/g, '/').replace(/\/$/, '');
    return [{ method, path: full.replaceAll(/:(\w+)/g, '{$1}'), name: `${controller.name}.${name}`, inputs }];
  });
});

describe('every route', () => {
  test('is found', () => {
    expect(routes.length).toBeGreaterThan(40);
  });

  test.each(routes.filter(({ method }) => method === 'post').map((route) => [route.name, route] as const))(
    '%s checks its body by a class that is there at run time',
    (_, { inputs }) => {
      expect(inputs).toHaveLength(1);
    },
  );

  test.each(routes.flatMap((route) => route.inputs.map((input) => [route.name, input] as const)))(
    '%s has rules for every field of what it takes',
    (_, input) => {
      // An `import type` of a DTO leaves Object here, and nothing would be checked.
      expect(input).not.toBe(Object);
      expect(typeof input).toBe('function');
      const rules = getMetadataStorage().getTargetValidationMetadatas(input as never, '', true, false);
      expect(rules.length).toBeGreaterThan(0);
    },
  );
});

describe('the OpenAPI document', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(async () => {
    await server.close();
  });

  test('lists every route and no other', async () => {
    const { body } = await server.get('/api/openapi.json');
    const listed = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(listed.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  test('has a summary for every route, and is shown as a page', async () => {
    const { body } = await server.get('/api/openapi.json');
    const operations = Object.values(body.paths as Record<string, Record<string, { summary?: string }>>);
    for (const operation of operations.flatMap((path) => Object.values(path))) expect(operation.summary).toBeTruthy();
    const page = await server.get('/api/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });
});
