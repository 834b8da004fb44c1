/**
 * Writes the generated part of the documentation, and the types of the API for the page. The description of the API is asked of the built server, because the
 * compiler's plugin puts the comments of the code into it: build first.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTypeScript, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { eventCatalogue } from '../libs/composition/event-catalogue.ts';
import { projections } from '../libs/composition/projections.ts';
import { eventCataloguePage } from './docs-events.ts';
import { readModelCataloguePage } from './docs-read-models.ts';

const folder = 'docs/reference';
const pageTypes = 'apps/web/api/schema.d.ts';

/** The generated pages by name, but for the description of the API. */
export async function referencePages(): Promise<Readonly<Record<string, string>>> {
  return {
    'events.md': await formatted('events.md', eventCataloguePage(eventCatalogue)),
    'read-models.md': await formatted('read-models.md', readModelCataloguePage(projections)),
  };
}

/** The OpenAPI document as the built server serves it, on a free port of the loopback interface with an empty store. */
export async function openApiPage(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'dealtrail-docs-'));
  const args = ['--disable-warning=ExperimentalWarning', 'dist/apps/cli/main.js', 'serve', '--json', '--port', '0'];
  const server = spawn(process.execPath, [...args, '--data', data], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(server, 'exit');
  try {
    server.stdout.setEncoding('utf8');
    const [told] = (await Promise.race([once(server.stdout, 'data'), ended])) as [unknown];
    if (typeof told !== 'string') throw new Error('The server did not start; is it built?');
    const { url } = JSON.parse(told) as { url: string };
    const answer = await fetch(`${url}/api/openapi.json`);
    return await formatted('openapi.json', await answer.text());
  } finally {
    server.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true });
  }
}

/** The types the page knows the API by, from its description. */
export async function pageTypesOf(openApi: string): Promise<string> {
  return formattedAs(pageTypes, COMMENT_HEADER + astToString(await openapiTypeScript(openApi)));
}

function formatted(name: string, text: string): Promise<string> {
  return formattedAs(join(folder, name), text);
}

async function formattedAs(filepath: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

if (import.meta.main) {
  await mkdir(folder, { recursive: true });
  const openApi = await openApiPage();
  const pages = { ...(await referencePages()), 'openapi.json': openApi };
  for (const [name, text] of Object.entries(pages)) await writeFile(join(folder, name), text);
  await writeFile(pageTypes, await pageTypesOf(openApi));
}
