import type { DefinePipeline } from './pipeline.decider.ts';

/** The id of the pipeline that deals go through where none is named. */
export const defaultPipelineId = 'default';

/** The pipeline every installation begins with: that of the worked forecast in the documentation. */
export const defaultPipeline: DefinePipeline = {
  type: 'DefinePipeline',
  name: 'Sales',
  stages: [
    {
      id: 'potential',
      name: 'Potential',
      nameZh: '潜在客户跟踪',
      successRate: 5_000,
      expectedDuration: { count: 2, unit: 'months' },
      requires: [],
      rottingAfterDays: 90,
    },
    {
      id: 'bidding',
      name: 'Bidding',
      nameZh: '项目投标',
      successRate: 8_000,
      expectedDuration: { count: 1, unit: 'months' },
      requires: [],
      rottingAfterDays: 60,
    },
    {
      id: 'negotiation',
      name: 'Negotiation',
      nameZh: '商务洽谈',
      successRate: 9_000,
      expectedDuration: { count: 1, unit: 'months' },
      requires: [],
      rottingAfterDays: 45,
    },
    {
      id: 'contract',
      name: 'Contract',
      nameZh: '签订合同',
      successRate: 10_000,
      expectedDuration: { count: 0, unit: 'months' },
      requires: [],
      rottingAfterDays: 30,
    },
  ],
};
