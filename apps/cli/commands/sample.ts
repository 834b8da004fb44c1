import type { Command } from 'commander';
import { eventCatalogue } from '../../../libs/composition/event-catalogue.ts';
import type { Stores } from '../../../libs/composition/stores.ts';
import { RuleViolation } from '../../../libs/eventsourcing/errors.ts';
import { BEGINNING } from '../../../libs/eventsourcing/event.ts';
import { fillWithSample } from '../../../libs/sample/sample.ts';
import { dayOf } from '../../../libs/statistics/calendar.ts';
import { answer, count } from '../answer.ts';
import { addCommand, day, wholeNumber, type SharedOptions } from '../command-line.ts';
import { interruption } from '../interruption.ts';
import { progressBar } from '../progress.ts';
import { withStores } from '../up-to-date.ts';

interface SampleCommandOptions extends SharedOptions {
  readonly deals: number;
  readonly seed: number;
  readonly until?: string;
}

export function registerSample(program: Command): void {
  addCommand(program, 'sample', 'fill an empty store with a made-up company of three years')
    .option('--deals <number>', 'how many deals', wholeNumber(), 1_000)
    .option('--seed <number>', 'the same seed, deals and day give the same events', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--until <day>', 'the day the history ends (default: today)', day)
    .action(async (options: SampleCommandOptions) => {
      const { deals, seed, until = dayOf(new Date().toISOString()) } = options;
      const fill = async ({ eventStore }: Stores): Promise<void> => {
        // Two histories in one log would contradict each other in time.
        if ((await eventStore.head()) !== BEGINNING) {
          throw new RuleViolation('store_not_empty', 'There are events already; a sample needs an empty store.');
        }
        const bar = progressBar('Sample', 'days');
        let commands: number;
        try {
          commands = await fillWithSample(eventStore, eventCatalogue, {
            deals,
            seed,
            until,
            onProgress({ days, ofDays }) {
              interruption().throwIfAborted();
              bar.show(days, ofDays);
            },
          });
        } finally {
          bar.stop();
        }
        await answer(
          options,
          { deals, seed, until, commands, position: await eventStore.head() },
          () => `${count(deals)} deals until ${until} from seed ${seed}: ${count(commands)} commands carried out.`,
        );
      };
      await withStores(options, fill, { make: true });
    });
}
