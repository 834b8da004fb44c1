import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { eventCatalogue } from '../../../libs/composition/event-catalogue.ts';
import { importCommandsOn } from '../../../libs/composition/import-commands.ts';
import { NotFound, RuleViolation } from '../../../libs/eventsourcing/errors.ts';
import type { EventStore } from '../../../libs/eventsourcing/event-store.ts';
import { newImportId } from '../../../libs/importing/import-id.ts';
import { ImportReports } from '../../../libs/importing/import-reports.ts';
import { parseDealsMap, parseStageHistoryMap } from '../../../libs/importing/import-map.ts';
import { runImport, type ImportReport } from '../../../libs/importing/import-run.ts';
import { dealsSource, stageHistorySource, type ImportSource } from '../../../libs/importing/import-sources.ts';
import { undoImport, type UndoReport } from '../../../libs/importing/import-undo.ts';
import { crmSalesMap, salesforceHistoryMap } from '../../../libs/importing/known-maps.ts';
import { answer, count, note, table } from '../answer.ts';
import { addCommand, configOf, type SharedOptions } from '../command-line.ts';
import { interruption } from '../interruption.ts';
import { progressBar } from '../progress.ts';
import { withStores } from '../up-to-date.ts';

interface MappedOptions extends SharedOptions {
  readonly map: string;
}

const REFUSALS_SHOWN = 50;

/** Brings in deals from files, and takes an import back. */
export function registerImport(program: Command): void {
  const importing = program
    .command('import')
    .description('bring in deals from CSV files; the same files again append nothing, changed rows only their changes');

  addCommand(importing, 'crm-sales <directory>', 'sales_pipeline.csv with the lookup files beside it').action(
    (directory: string, options: SharedOptions) =>
      bringIn('crm-sales', dealsSource(join(directory, 'sales_pipeline.csv'), crmSalesMap), options),
  );

  addCommand(importing, 'salesforce-history <directory>', 'Opportunity.csv with "Opportunity History.csv"').action(
    (directory: string, options: SharedOptions) => {
      const source = stageHistorySource(join(directory, 'Opportunity History.csv'), salesforceHistoryMap);
      return bringIn('salesforce-history', source, options);
    },
  );

  addCommand(importing, 'deals <file>', 'any file with one row a deal')
    .requiredOption('--map <file>', 'how its columns are to be read, as JSON')
    .action(async (file: string, options: MappedOptions) =>
      bringIn('deals', dealsSource(file, parseDealsMap(await readJson(options.map))), options),
    );

  addCommand(importing, 'stage-history <file>', 'any file with one row for each stage a deal entered')
    .requiredOption('--map <file>', 'how its columns, and those of the file of deals, are to be read, as JSON')
    .action(async (file: string, options: MappedOptions) =>
      bringIn('stage-history', stageHistorySource(file, parseStageHistoryMap(await readJson(options.map))), options),
    );

  addCommand(importing, 'undo <import>', 'take back a whole import, but for deals that were changed since').action(
    (importId: string, options: SharedOptions) =>
      withStores(options, async ({ eventStore }) => {
        const { handler, opportunities } = importCommandsOn(eventStore);
        const report = await undoImport({ eventStore, catalogue: eventCatalogue, handler, opportunities }, importId, {
          actor: { id: 'local', role: 'admin' },
          source: 'cli',
        });
        await answer(options, report, () => undoText(report));
      }),
  );
}

async function bringIn(kind: string, source: ImportSource, options: SharedOptions): Promise<void> {
  await source.check();
  const importId = newImportId(kind, Date.now());
  const bar = progressBar('Import', 'bytes');
  const startedAt = performance.now();
  const bring = async (eventStore: EventStore): Promise<ImportReport> => {
    try {
      return await runImport(importCommandsOn(eventStore), source, {
        importId,
        kind,
        onProgress(read, size) {
          interruption().throwIfAborted();
          bar.show(read, size);
        },
      });
    } catch (error) {
      note(
        `Import ${importId} did not reach its end. Run it again to go on, or \`dealtrail import undo ${importId}\`.`,
      );
      throw error;
    } finally {
      bar.stop();
    }
  };
  const report = await withStores(options, ({ eventStore }) => bring(eventStore), { make: true });
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  await answer(options, { ...report, seconds }, () => reportText(report, seconds));
  if (report.refusals.length > 0) process.exitCode = 1;
  try {
    await new ImportReports(configOf(options).data, Date.now).keep(report, source);
  } catch (error) {
    note(`The deals are in, but the server will not tell this report, for it could not be kept: ${String(error)}`);
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new RuleViolation('invalid_import_map', `${path} is not JSON: ${error.message}.`);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NotFound('file', path);
    throw error;
  }
}

function reportText(report: ImportReport, seconds: number): string {
  const { importId, deals, opened, changed, unchanged, events, refusals, notes } = report;
  const sections = [
    `Import ${importId}: ${count(deals)} deals read, ${count(opened)} opened, ${count(changed)} changed, ` +
      `${count(unchanged)} as they were; ${count(events)} events in ${seconds} s.`,
  ];
  if (notes.length > 0) {
    const rows = notes.map((one) => [one.deals, one.note, one.firstLines.join(', ')]);
    sections.push(`Imported all the same:\n${table(['>Deals', 'What', 'First lines'], rows)}`);
  }
  if (refusals.length > 0) {
    const shown = refusals.slice(0, REFUSALS_SHOWN).map(({ file, line, column, rule }) => [file, line, column, rule]);
    const more = refusals.length - shown.length;
    sections.push(`Refused:\n${table(['File', '>Line', 'Column', 'Rule'], shown)}`);
    if (more > 0) sections.push(`and ${count(more)} more; --json lists them all.`);
  }
  return sections.join('\n\n');
}

function undoText({ importId, withdrawn, restored, left }: UndoReport): string {
  const summary = `Import ${importId}: ${count(withdrawn)} deals withdrawn, ${count(restored)} restored, ${count(left.length)} left.`;
  if (left.length === 0) return summary;
  const shown = left.slice(0, REFUSALS_SHOWN).map(({ id, rule }) => [id, rule]);
  const more = left.length - shown.length;
  return [
    summary,
    table(['Left as it is', 'Why'], shown),
    ...(more > 0 ? [`and ${count(more)} more; --json lists them all.`] : []),
  ].join('\n\n');
}
