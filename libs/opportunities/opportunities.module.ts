import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { OpportunitiesController } from './opportunities.controller.ts';
import { AskAboutOpportunitiesHandler, CarryOutOpportunityCommandHandler } from './opportunities.handlers.ts';
import { ReportsController } from './reports.controller.ts';

@Module({
  imports: [CqrsModule],
  controllers: [OpportunitiesController, ReportsController],
  providers: [CarryOutOpportunityCommandHandler, AskAboutOpportunitiesHandler],
})
export class OpportunitiesModule {}
