import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { OpportunitiesController } from './http/opportunities.controller.ts';
import { AskAboutOpportunitiesHandler, CarryOutOpportunityCommandHandler } from './http/opportunities.handlers.ts';
import { ReportsController } from './http/reports.controller.ts';

@Module({
  imports: [CqrsModule],
  controllers: [OpportunitiesController, ReportsController],
  providers: [CarryOutOpportunityCommandHandler, AskAboutOpportunitiesHandler],
})
export class OpportunitiesModule {}
