import { Module } from '@nestjs/common';
import { ImportsController } from './http/imports.controller.ts';

/** Takes the commands, the jobs and the uploads from the application. */
@Module({ controllers: [ImportsController] })
export class ImportingModule {}
