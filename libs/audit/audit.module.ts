import { Module } from '@nestjs/common';
import { AuditJobsController } from './http/audit-jobs.controller.ts';
import { AuditController } from './http/audit.controller.ts';

/** Takes what it reads and the jobs it runs from the application. */
@Module({ controllers: [AuditController, AuditJobsController] })
export class AuditModule {}
