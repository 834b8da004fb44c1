import { stableId, type CommandHandler } from '../../libs/eventsourcing/command-handler.ts';
import { defaultPipeline, defaultPipelineId } from '../../libs/pipelines/default-pipeline.ts';
import { pipelineReader, type PipelineCommands } from '../../libs/pipelines/pipeline.handlers.ts';

/** Sets up the pipeline every installation begins with, where it is not there yet; once, however many do so at a time. */
export async function defineDefaultPipeline(commands: PipelineCommands, handler: CommandHandler): Promise<void> {
  if (await pipelineReader(handler)(defaultPipelineId)) return;
  await commands(defaultPipelineId, defaultPipeline, {
    commandId: stableId('default pipeline'),
    actor: { id: 'dealtrail', role: 'admin' },
    source: 'automation',
  });
}
