import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../../eventsourcing/errors.ts';
import type { Actor } from '../../eventsourcing/event.ts';
import { ReadModelStore } from '../../eventsourcing/read-model-store.ts';
import { RequestActor } from '../../http/actor.ts';
import { SourceHeader } from '../../http/command-answer.ts';
import { RequestOfCommand, type CommandRequest } from '../../http/command-request.ts';
import { given } from '../../http/given.ts';
import { identifierPipe } from '../../http/identifier.pipe.ts';
import { invalid } from '../../http/invalid-input.ts';
import { ReadsFrom } from '../../http/reads-from.ts';
import { requireRight } from '../../http/rights.ts';
import { defaultPipelineId } from '../../pipelines/default-pipeline.ts';
import type { DefinedPipeline } from '../../pipelines/pipeline.decider.ts';
import { importDecider } from '../import.decider.ts';
import { ImportJobs } from '../import-jobs.ts';
import type { MappedKind } from '../import-map.ts';
import { previewImport, type ImportPreview } from '../import-preview.ts';
import type { ImportCommands } from '../import-run.ts';
import { importDetail, importRow } from '../import-state.ts';
import { importPage } from '../imports.query.ts';
import type { ImportDocument } from '../imports.projection.ts';
import { suggestMap, type MapSuggestion } from '../map-suggestion.ts';
import { mapFrom, sourceOf, withColumnsTold } from '../mapped-source.ts';
import { stageValuesOf, type StageValues } from '../stage-values.ts';
import { contentsOf } from '../upload-contents.ts';
import { Uploads, type Upload } from '../uploads.ts';
import {
  ImportAcceptedDto,
  ImportAnswerDto,
  ImportsAnswerDto,
  PreviewAnswerDto,
  StageValuesAnswerDto,
  SuggestionAnswerDto,
  UploadAnswerDto,
} from './import-answers.dto.ts';
import { DealsMapDto, StageHistoryMapDto, StageMeaningDto } from './import-map.dto.ts';
import { ImportCommandRoute } from './import-route.ts';
import {
  ImportActionDto,
  ImportRequestDto,
  ImportsDto,
  PreviewDto,
  RefusedLinesDto,
  StageValuesDto,
  SuggestionDto,
  UploadDto,
} from './imports.dto.ts';

/** Token of what imports are carried out by. */
export const IMPORT_COMMANDS = Symbol('import commands');

const ROOT = '/api/v1/imports';
const SHOWN = 20;

/** Deals from files: sent, looked at, brought in, taken back. */
@ApiTags('imports')
@ApiExtraModels(DealsMapDto, StageHistoryMapDto, StageMeaningDto)
@Controller('api/v1/imports')
export class ImportsController {
  readonly #commands: ImportCommands;
  readonly #jobs: ImportJobs;
  readonly #uploads: Uploads;
  readonly #readModels: ReadModelStore;

  constructor(
    @Inject(IMPORT_COMMANDS) commands: ImportCommands,
    @Inject(ImportJobs) jobs: ImportJobs,
    @Inject(Uploads) uploads: Uploads,
    @Inject(ReadModelStore) readModels: ReadModelStore,
  ) {
    this.#commands = commands;
    this.#jobs = jobs;
    this.#uploads = uploads;
    this.#readModels = readModels;
  }

  @Post('uploads')
  @HttpCode(201)
  @ImportCommandRoute('Send a CSV file of 64 MiB at most, with a heading', [413, 415, 422])
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiCreatedResponse({ type: UploadAnswerDto })
  async upload(
    @Query() { name }: UploadDto,
    @Req() request: FastifyRequest,
    @RequestActor() actor: Actor,
  ): Promise<UploadAnswerDto> {
    requireImporter(actor);
    if (!/^text\/csv *(;|$)/i.test(request.headers['content-type'] ?? '')) {
      throw new UnsupportedMediaTypeException('This address takes text/csv.');
    }
    const upload = await this.#received(name, request);
    try {
      return await told(upload);
    } catch (error) {
      await this.#uploads.remove(upload.id);
      throw error;
    }
  }

  @Get('uploads/:id')
  @ImportCommandRoute('What a file holds that was sent', [404, 422])
  @ApiOkResponse({ type: UploadAnswerDto })
  async sent(@Param('id', identifierPipe) id: string, @RequestActor() actor: Actor): Promise<UploadAnswerDto> {
    requireImporter(actor);
    return told(await this.#uploads.find(id));
  }

  @Get('uploads/:id/stage-values')
  @ImportCommandRoute('What stands in the column of the stage, in how many rows, and what it may mean', [404, 422])
  @ApiOkResponse({ type: StageValuesAnswerDto })
  async stageValues(
    @Param('id', identifierPipe) id: string,
    @Query() { column, pipeline }: StageValuesDto,
    @RequestActor() actor: Actor,
  ): Promise<StageValues> {
    requireImporter(actor);
    const upload = await this.#uploads.find(id);
    return stageValuesOf(upload, column, pipeline === undefined ? undefined : await this.#pipeline(pipeline));
  }

  @Post('suggestions')
  @HttpCode(200)
  @ImportCommandRoute('Suggest how files are to be read', [404, 422])
  @ApiOkResponse({ type: SuggestionAnswerDto })
  async suggest(@Body() body: SuggestionDto, @RequestActor() actor: Actor): Promise<MapSuggestion> {
    requireImporter(actor);
    const uploads = await this.#found(body.uploads);
    const pipeline = await this.#pipeline(body.pipeline ?? defaultPipelineId);
    return suggestMap(uploads, pipeline, body.currency ?? 'USD', body.columns);
  }

  @Post('previews')
  @HttpCode(200)
  @ImportCommandRoute('Tell what an import would do, and record nothing', [404, 422])
  @ApiOkResponse({ type: PreviewAnswerDto })
  async preview(@Body() body: PreviewDto, @RequestActor() actor: Actor): Promise<ImportPreview> {
    requireImporter(actor);
    const { uploads, mapped } = await this.#asked(body);
    return this.#uploads.together(uploads, (folder) =>
      withColumnsTold(mapped, () =>
        previewImport(this.#commands, sourceOf(mapped, folder, uploads[0]!.name), body.limit ?? SHOWN),
      ),
    );
  }

  @Post()
  @HttpCode(202)
  @ImportCommandRoute('Bring in the deals of files', [404, 409, 422])
  @ApiAcceptedResponse({ type: ImportAcceptedDto, headers: { Location: { description: 'Its address.' } } })
  async bringIn(
    @Body() body: ImportRequestDto,
    @RequestActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportAcceptedDto> {
    requireImporter(actor);
    const { uploads, mapped } = await this.#asked(body);
    await this.#uploads.together(uploads, (folder) =>
      withColumnsTold(mapped, () => sourceOf(mapped, folder, uploads[0]!.name).check()),
    );
    const { id } = this.#jobs.start(uploads, mapped, actor);
    return accepted(id, reply);
  }

  @Get()
  @ReadsFrom('Imports, newest first', 'imports')
  @ApiOkResponse({ type: ImportsAnswerDto })
  async imports(@Query() { limit, cursor }: ImportsDto, @RequestActor() actor: Actor) {
    requireReader(actor);
    const { documents, next } = await importPage(this.#readModels, limit, cursor);
    const imports = documents.map((document) => importRow(document, this.#jobs.find(document.id))!);
    return { imports, ...(next === undefined ? {} : { next }) };
  }

  @Get(':id')
  @ReadsFrom('How an import goes, or what it did', 'imports')
  @ApiOkResponse({ type: ImportAnswerDto })
  one(@Param('id', identifierPipe) id: string, @RequestActor() actor: Actor) {
    requireReader(actor);
    return this.#detail(id);
  }

  @Get(':id/refused-lines')
  @ReadsFrom('The refused lines of a file as CSV, each with why; mended, they can be imported', 'imports')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async refusedLines(
    @Param('id', identifierPipe) id: string,
    @Query() { file }: RefusedLinesDto,
    @RequestActor() actor: Actor,
  ): Promise<StreamableFile> {
    requireReader(actor);
    await this.#detail(id);
    return new StreamableFile(await this.#jobs.reports.linesOf(id, file), { type: 'text/csv; charset=utf-8' });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ImportCommandRoute('End an import that runs; what it brought in until then stays', [404])
  @ApiOkResponse({ type: ImportAnswerDto })
  async cancel(@Param('id', identifierPipe) id: string, @Body() _: ImportActionDto, @RequestActor() actor: Actor) {
    requireImporter(actor);
    if (this.#jobs.find(id).imported) await this.#jobs.cancel(id);
    return this.#detail(id);
  }

  @Post(':id/undo')
  @HttpCode(202)
  @ImportCommandRoute('Take an import back, but for deals that were changed since', [404, 409])
  @SourceHeader()
  @ApiAcceptedResponse({ type: ImportAcceptedDto, headers: { Location: { description: 'Its address.' } } })
  async undo(
    @Param('id', identifierPipe) id: string,
    @Body() { reason }: ImportActionDto,
    @RequestOfCommand() { actor, source }: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportAcceptedDto> {
    requireImporter(actor);
    const { state } = await this.#commands.handler.load(importDecider, id);
    if (state.status === 'none') throw new NotFound('import', id);
    this.#jobs.undo(id, { actor, source, ...given({ reason }) });
    return accepted(id, reply);
  }

  async #detail(id: string) {
    const known = this.#jobs.find(id);
    const row = importRow(await this.#readModels.get<ImportDocument>('imports', id), known);
    if (!row) throw new NotFound('import', id);
    return importDetail(row, await this.#jobs.reports.find(id), known);
  }

  async #pipeline(id: string): Promise<DefinedPipeline> {
    const pipeline = await this.#commands.pipelineOf(id);
    if (!pipeline) throw new NotFound('pipeline', id);
    return pipeline;
  }

  async #received(name: string, { raw }: FastifyRequest): Promise<Upload> {
    try {
      return await this.#uploads.keep(name, raw);
    } catch (error) {
      // Nobody is left to hear the answer, and nothing of ours went wrong.
      if (raw.destroyed) throw new BadRequestException('The upload was cut off.', { cause: error });
      throw error;
    }
  }

  async #asked(body: ImportRequestDto): Promise<{ readonly uploads: readonly Upload[]; readonly mapped: MappedKind }> {
    const uploads = await this.#found(body.uploads);
    const names = uploads.map(({ name }) => name);
    return { uploads, mapped: mapFrom(body.kind ?? 'deals', body.map, names) };
  }

  async #found(ids: readonly string[]): Promise<readonly Upload[]> {
    const uploads = await Promise.all(ids.map((id) => this.#uploads.find(id)));
    const names = uploads.map(({ name }) => name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw invalid('uploads', 'uploaded_file', `Two of the uploads are called ${twice}.`);
    return uploads;
  }
}

async function told(upload: Upload): Promise<UploadAnswerDto> {
  const { id, name, bytes, encoding } = upload;
  return { uploadId: id, name, bytes, encoding, ...(await contentsOf(upload)) } as UploadAnswerDto;
}

function accepted(id: string, reply: FastifyReply): ImportAcceptedDto {
  const status = `${ROOT}/${id}`;
  reply.header('Location', status);
  return { id, status };
}

function requireImporter(actor: Actor): void {
  requireRight(actor, 'import', 'import');
}

function requireReader(actor: Actor): void {
  requireRight(actor, 'read_imports', 'see imports');
}
