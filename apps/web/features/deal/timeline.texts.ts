import { defineTexts } from '../../i18n/texts.ts';

export const timelineTexts = defineTexts(
  'timeline',
  {
    title: 'Timeline',
    empty: 'Nothing of this kind happened.',
    filter: 'Which events',
    'kind.all': 'All events',
    'kind.stages': 'Stages and status',
    'kind.details': 'Details',
    'kind.people': 'People and credit',
    'kind.activities': 'Activities',
    audit: 'Show in the audit',
    auditOf: 'Show in the audit: {{event}}',
  },
  {
    title: '时间线',
    empty: '没有此类事件。',
    filter: '显示哪些事件',
    'kind.all': '全部事件',
    'kind.stages': '阶段与状态',
    'kind.details': '详细信息',
    'kind.people': '人员与业绩分配',
    'kind.activities': '活动',
    audit: '在审计中查看',
    auditOf: '在审计中查看：{{event}}',
  },
);
