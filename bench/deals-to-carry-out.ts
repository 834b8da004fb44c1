import { stableId, type CommandContext } from '../libs/eventsourcing/command-handler.ts';
import type { OpportunityCommand } from '../libs/opportunities/rules/opportunity.commands.ts';
import { defaultPipeline } from '../libs/pipelines/default-pipeline.ts';
import { dealLife } from '../libs/sample/deal-life.ts';
import { random } from '../libs/sample/random.ts';
import { UNTIL } from './sample-log.ts';

export interface DealToCarryOut {
  readonly id: string;
  readonly steps: readonly { readonly command: OpportunityCommand; readonly context: CommandContext }[];
}

/** Deals whose lives are together at least so many commands: those of the sample, under ids of their own. */
export function dealsToCarryOut(name: string, commands: number): readonly DealToCarryOut[] {
  const draw = random(commands);
  const deals: DealToCarryOut[] = [];
  for (let left = commands; left > 0; left -= deals.at(-1)!.steps.length) {
    const id = `${name}-${deals.length}`;
    const steps = dealLife(draw, Date.parse(UNTIL), defaultPipeline.stages).map(
      ({ at, command, actor, reason }, index) => ({
        command,
        context: {
          commandId: stableId('bench', id, String(index)),
          actor,
          source: 'sample' as const,
          occurredAt: new Date(at).toISOString(),
          ...(reason === undefined ? {} : { reason }),
        },
      }),
    );
    deals.push({ id, steps });
  }
  return deals;
}
