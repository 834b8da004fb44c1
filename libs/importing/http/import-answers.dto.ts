import { ApiProperty } from '@nestjs/swagger';
import { JobFailureDto } from '../../http/job-failure.dto.ts';
import { MoneyDto } from '../../http/money.dto.ts';
import { refusalParameters } from '../../http/problem.dto.ts';
import type { BrokenRule } from '../broken-rule.ts';
import type { Refusal } from '../csv-rows.ts';
import type { ImportProgress } from '../import-jobs.ts';
import type { ImportPreview, PreviewedDeal } from '../import-preview.ts';
import type { KeptReport } from '../import-reports.ts';
import type { LeftDeal, UndoReport } from '../import-undo.ts';
import type { StageValue, StageValues } from '../stage-values.ts';
import type { UploadContents } from '../upload-contents.ts';
import { StageMeaningDto } from './import-map.dto.ts';

export class BrokenRuleDto implements BrokenRule {
  /** Stable: see the page of problems. Absent in reports that earlier versions kept. */
  code?: string;
  /** In English. */
  rule!: string;
  /** What `rule` speaks of, by name: which there are for which code is on the page of problems. */
  @ApiProperty(refusalParameters)
  parameters?: Record<string, unknown>;
}

/** Something about a row that kept it, or a part of it, from being imported. */
export class RefusalDto extends BrokenRuleDto implements Refusal {
  file!: string;
  /** The heading is line 1. */
  line!: number;
  column?: string;
}

/** A file that was sent, and what it holds. It stays for a day. */
export class UploadAnswerDto implements UploadContents {
  uploadId!: string;
  name!: string;
  /** In UTF-8. */
  bytes!: number;
  /** In which it came, as far as can be told; it is kept in UTF-8. */
  encoding!: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';
  delimiter!: string;
  columns!: string[];
  /** The cells of the first 20 rows, in the order of the columns. */
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'string' } } })
  rows!: string[][];
  rowCount!: number;
  /** Lines that cannot be read whatever the map; the first hundred. */
  refusals!: RefusalDto[];
  refusalCount!: number;
}

export class StageValueDto implements StageValue {
  value!: string;
  rows!: number;
  /** Absent where nothing in it says. */
  meaning?: StageMeaningDto;
}

/** What stands in the column of the stage. */
export class StageValuesAnswerDto implements StageValues {
  /** The 50 most frequent ones. */
  values!: StageValueDto[];
  /** How many others there are, in how many rows; where a column has more than 100,000 values, this many at least. */
  otherValues!: number;
  otherRows!: number;
}

export class UnsureDto {
  /** A path in the body of an import. */
  field!: string;
  why!: string;
}

/** A map to look at and mend before it is used. */
export class SuggestionAnswerDto {
  kind!: 'deals' | 'stage-history';
  /** The uploads in the order that an import of them needs: the file that the map is for first. */
  uploads!: string[];
  @ApiProperty({
    oneOf: [{ $ref: '#/components/schemas/DealsMapDto' }, { $ref: '#/components/schemas/StageHistoryMapDto' }],
  })
  map!: object;
  /** The well-known export that the files are, where they are one: `crm-sales`, `salesforce-history`. */
  recognised?: string;
  /** What is only a guess, or missing. */
  unsure!: UnsureDto[];
}

/** A deal as it would be after the import, and what the import would do to it. */
export class PreviewedDealDto implements PreviewedDeal {
  line!: number;
  id!: string;
  outcome!: 'opened' | 'changed' | 'unchanged' | 'refused';
  /** That would be recorded. */
  events!: number;
  title!: string;
  owner!: string;
  customer?: string;
  team?: string;
  region?: string;
  product?: string;
  channel?: string;
  campaign?: string;
  amount?: MoneyDto;
  expectedCloseDate?: string;
  status!: 'open' | 'won' | 'lost';
  stageId!: string;
  /** Absent where the source knows none: it is then opened by being imported. */
  openedAt?: string;
  endedAt?: string;
  /** Where the source contradicts itself or leaves something open. */
  notes!: string[];
}

export class PreviewCountsDto {
  deals!: number;
  opened!: number;
  changed!: number;
  unchanged!: number;
  refused!: number;
  events!: number;
}

/** What an import would do; nothing was recorded. */
export class PreviewAnswerDto implements ImportPreview {
  deals!: PreviewedDealDto[];
  /** Of the deals that could be read. */
  counts!: PreviewCountsDto;
  /** The first 500. */
  refusals!: RefusalDto[];
  refusalCount!: number;
  /** False where there are more than the 5,000 deals that were looked at. */
  complete!: boolean;
}

export class ImportAcceptedDto {
  id!: string;
  /** Where to see how it goes. */
  status!: string;
}

export class ImportProgressDto implements ImportProgress {
  bytesRead!: number;
  bytes!: number;
  deals!: number;
  opened!: number;
  changed!: number;
  unchanged!: number;
  events!: number;
  refused!: number;
  dealsPerSecond!: number;
  /** Null until it can be told. */
  secondsLeft!: number | null;
}

export class ImportNoteDto {
  note!: string;
  deals!: number;
  firstLines!: number[];
}

/** What an import did. */
export class ImportReportDto implements KeptReport {
  importId!: string;
  deals!: number;
  opened!: number;
  /** Deals that were here before and needed something. */
  changed!: number;
  unchanged!: number;
  events!: number;
  /** The first 1,000. */
  refusals!: RefusalDto[];
  /** How many there are in all. */
  refusalCount!: number;
  /** Files of which there are refused lines to be had. */
  refusedFiles!: string[];
  notes!: ImportNoteDto[];
}

export class LeftDealDto extends BrokenRuleDto implements LeftDeal {
  id!: string;
}

/** What an undo did. */
export class UndoReportDto implements UndoReport {
  importId!: string;
  /** Deals the import had opened. */
  withdrawn!: number;
  /** Deals that were there before and are again as they were. */
  restored!: number;
  /** The first 1,000 deals that stay as they are, and why. */
  left!: LeftDealDto[];
  leftCount!: number;
}

export class UndoStateDto {
  state!: 'running' | 'finished' | 'failed' | 'cancelled';
  startedBy!: string;
  startedAt!: string;
  endedAt?: string;
  report?: UndoReportDto;
  failure?: JobFailureDto;
}

/** An import as the log tells it; counts are null until it is finished, and the last ones until it is undone. */
export class ImportRowDto {
  id!: string;
  /** `begun`: it did not reach its end, or runs elsewhere. */
  state!: 'running' | 'begun' | 'finished' | 'undone' | 'failed' | 'cancelled';
  kind!: string;
  files!: string[];
  startedBy!: string;
  startedAt!: string;
  finishedAt!: string | null;
  deals!: number | null;
  opened!: number | null;
  events!: number | null;
  refused!: number | null;
  undoneBy!: string | null;
  undoneAt!: string | null;
  withdrawn!: number | null;
  restored!: number | null;
  left!: number | null;
}

export class ImportAnswerDto extends ImportRowDto {
  /** While it runs, and where it ended early; what is not in the log is known to the server that ran it only. */
  progress?: ImportProgressDto;
  /** Present where it finished in the last thirty days, on a server with this directory of data. */
  report?: ImportReportDto;
  failure?: JobFailureDto;
  /** Its undoing, where this server did it since its start. */
  undo?: UndoStateDto;
}

export class ImportsAnswerDto {
  /** Newest first. */
  imports!: ImportRowDto[];
  /** The `cursor` of the next page; absent on the last one. */
  next?: string;
}
