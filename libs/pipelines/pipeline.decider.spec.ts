import { describe, expect, test } from '@jest/globals';
import { EventCatalogue } from '../eventsourcing/catalogue.ts';
import { given } from '../eventsourcing/testing/specification.ts';
import { defaultPipeline } from './default-pipeline.ts';
import { pipelineDecider, type PipelineCommand } from './pipeline.decider.ts';
import { pipelineEvents, type PipelineEvent, type Stage } from './pipeline.events.ts';

const stage = (id: string, fields: Partial<Stage> = {}): Stage => ({
  id,
  name: id,
  successRate: 5_000,
  expectedDuration: { count: 1, unit: 'months' },
  requires: [],
  ...fields,
});
const [first, second, third] = [stage('first'), stage('second'), stage('third')];
const defined: PipelineEvent = {
  type: 'PipelineDefined',
  data: { pipelineId: 'one', name: 'Sales', stages: [first, second] },
};
const revise = (...stages: Stage[]): PipelineCommand => ({ type: 'RevisePipelineStages', stages });
const revised = (...stages: Stage[]): PipelineEvent => ({ type: 'PipelineStagesRevised', data: { stages } });

describe('a pipeline', () => {
  const define: PipelineCommand = { type: 'DefinePipeline', name: 'Sales', stages: [first, second] };

  test('is defined with its stages in order', () => given(pipelineDecider).when(define).emits(defined));

  test('is defined once', () => given(pipelineDecider, defined).when(define).refuses('already_exists'));

  test('needs a stage', () =>
    given(pipelineDecider)
      .when({ ...define, stages: [] })
      .refuses('stages_missing', 'stages'));

  test('has no stage twice', () =>
    given(pipelineDecider)
      .when({ ...define, stages: [first, second, first] })
      .refuses('duplicate_stage', 'stages'));

  test('gets another name', () =>
    given(pipelineDecider, defined)
      .when({ type: 'RenamePipeline', name: 'Projects' })
      .emits({ type: 'PipelineRenamed', data: { name: 'Projects' } }));

  test('stays as it is under its own name', () =>
    given(pipelineDecider, { ...defined }, { type: 'PipelineRenamed', data: { name: 'Projects' } })
      .when({ type: 'RenamePipeline', name: 'Projects' })
      .emits());

  test('gets a stage in between', () =>
    given(pipelineDecider, defined)
      .when(revise(first, third, second))
      .emits(revised(first, third, second)));

  test('gets its stages in another order', () =>
    given(pipelineDecider, defined).when(revise(second, first)).emits(revised(second, first)));

  test('gets other rates, durations, requirements and limits', () => {
    const other = stage('second', { successRate: 1, requires: ['amount'], rottingAfterDays: 7 });
    given(pipelineDecider, defined).when(revise(first, other)).emits(revised(first, other));
  });

  test('stays as it is under the same stages', () =>
    given(pipelineDecider, defined, revised(second, first, third))
      .when(revise(second, first, third))
      .emits());

  test('loses no stage, since deals may be in it', () => {
    given(pipelineDecider, defined).when(revise(first)).refuses('stage_removed', 'stages');
    given(pipelineDecider, defined).when(revise(first, third)).refuses('stage_removed', 'stages');
  });

  test('has no stage twice after a revision', () =>
    given(pipelineDecider, defined)
      .when(revise(first, second, second))
      .refuses('duplicate_stage', 'stages'));

  test('is not changed before it is defined', () => {
    given(pipelineDecider).when(revise(first)).refuses('not_found');
    given(pipelineDecider).when({ type: 'RenamePipeline', name: 'Sales' }).refuses('not_found');
  });
});

describe('the default pipeline', () => {
  const decided = pipelineDecider.decide(defaultPipeline, pipelineDecider.initial, {
    id: 'default',
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: { id: 'ann', role: 'admin' },
  });

  test('can be defined and stored', () => {
    const catalogue = new EventCatalogue(pipelineEvents);
    expect(decided.map((event) => catalogue.seal(event).type)).toEqual(['PipelineDefined.v1']);
  });

  test('is that of the worked forecast', () => {
    const rows = defaultPipeline.stages.map(({ id, nameZh, successRate, expectedDuration }) => [
      id,
      nameZh,
      successRate,
      expectedDuration,
    ]);
    expect(rows).toEqual([
      ['potential', '潜在客户跟踪', 5_000, { count: 2, unit: 'months' }],
      ['bidding', '项目投标', 8_000, { count: 1, unit: 'months' }],
      ['negotiation', '商务洽谈', 9_000, { count: 1, unit: 'months' }],
      ['contract', '签订合同', 10_000, { count: 0, unit: 'months' }],
    ]);
  });
});
