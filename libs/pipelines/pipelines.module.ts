import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PipelinesController } from './pipelines.controller.ts';
import { AskForPipelinesHandler, CarryOutPipelineCommandHandler } from './pipelines.handlers.ts';

@Module({
  imports: [CqrsModule],
  controllers: [PipelinesController],
  providers: [CarryOutPipelineCommandHandler, AskForPipelinesHandler],
})
export class PipelinesModule {}
