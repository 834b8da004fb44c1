import { defineTexts } from '../i18n/texts.ts';

export const pipelinesTexts = defineTexts(
  'pipelines',
  {
    pipeline: 'Pipeline',
    toPipeline: 'To the pipeline “{{name}}”',
    unknownTitle: 'There is no pipeline “{{id}}”',
    unknownHint: 'The address names a pipeline that is not there. These are:',
  },
  {
    pipeline: '销售流程',
    toPipeline: '前往销售流程“{{name}}”',
    unknownTitle: '没有销售流程“{{id}}”',
    unknownHint: '网址中的销售流程不存在。现有的销售流程：',
  },
);
