import { Module, type DynamicModule } from '@nestjs/common';
import { AuditJobs } from '../../libs/audit/audit-jobs.ts';
import { AuditModule } from '../../libs/audit/audit.module.ts';
import { AUDIT_SOURCES } from '../../libs/audit/http/audit.controller.ts';
import type { Commands } from '../../libs/composition/commands.ts';
import { eventCatalogue } from '../../libs/composition/event-catalogue.ts';
import { streamChanges } from '../../libs/composition/stream-changes.ts';
import { EventStore } from '../../libs/eventsourcing/event-store.ts';
import { ReadModelStore } from '../../libs/eventsourcing/read-model-store.ts';
import { CLOCK, type Clock } from '../../libs/http/clock.ts';
import { STREAM_EVENTS, type StreamEvents } from '../../libs/http/stream-events.ts';
import { IMPORT_COMMANDS } from '../../libs/importing/http/imports.controller.ts';
import { ImportJobs } from '../../libs/importing/import-jobs.ts';
import type { ImportCommands } from '../../libs/importing/import-run.ts';
import { ImportingModule } from '../../libs/importing/importing.module.ts';
import { Uploads } from '../../libs/importing/uploads.ts';
import { OPPORTUNITY_COMMANDS } from '../../libs/opportunities/http/opportunities.handlers.ts';
import { OpportunitiesModule } from '../../libs/opportunities/opportunities.module.ts';
import { PIPELINE_COMMANDS } from '../../libs/pipelines/pipelines.handlers.ts';
import { PipelinesModule } from '../../libs/pipelines/pipelines.module.ts';
import type { BackgroundWork } from './background-work.ts';
import { HealthController, METRICS } from './health.controller.ts';
import { Health } from './health.ts';
import { LiveController } from './live.controller.ts';
import { LiveEvents } from './live-events.ts';
import { MeController } from './me.controller.ts';
import type { Metrics } from './metrics.ts';
import { ProjectionOperations } from './projection-operations.ts';
import { ProjectionsController } from './projections.controller.ts';

/** What is made before Nest starts, and handed to the modules. */
export interface Parts {
  readonly eventStore: EventStore;
  readonly readModels: ReadModelStore;
  readonly commands: Commands;
  readonly importCommands: ImportCommands;
  readonly streamEvents: StreamEvents;
  readonly clock: Clock;
  readonly live: LiveEvents;
  readonly operations: ProjectionOperations;
  readonly background: BackgroundWork;
  readonly health: Health;
  readonly metrics: Metrics;
}

/** Whether this server answers more than probes and scrapers. */
export interface Extent {
  readonly api: boolean;
}

@Module({})
export class AppModule {
  /** The server of these parts. */
  static of(parts: Parts, { api }: Extent): DynamicModule {
    const providers = [
      { provide: EventStore, useValue: parts.eventStore },
      { provide: ReadModelStore, useValue: parts.readModels },
      { provide: OPPORTUNITY_COMMANDS, useValue: parts.commands.opportunities },
      { provide: PIPELINE_COMMANDS, useValue: parts.commands.pipelines },
      { provide: STREAM_EVENTS, useValue: parts.streamEvents },
      { provide: CLOCK, useValue: parts.clock },
      { provide: LiveEvents, useValue: parts.live },
      { provide: ProjectionOperations, useValue: parts.operations },
      {
        provide: AUDIT_SOURCES,
        useValue: { eventStore: parts.eventStore, catalogue: eventCatalogue, changesOf: streamChanges },
      },
      { provide: IMPORT_COMMANDS, useValue: parts.importCommands },
      { provide: ImportJobs, useValue: parts.background.imports },
      { provide: Uploads, useValue: parts.background.uploads },
      { provide: AuditJobs, useValue: parts.background.audits },
      { provide: Health, useValue: parts.health },
      { provide: METRICS, useValue: parts.metrics },
    ];
    return {
      module: AppModule,
      global: true,
      imports: api ? [OpportunitiesModule, PipelinesModule, AuditModule, ImportingModule] : [],
      controllers: api ? [HealthController, LiveController, MeController, ProjectionsController] : [HealthController],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
