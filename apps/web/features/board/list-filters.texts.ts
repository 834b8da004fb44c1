import { defineTexts } from '../../i18n/texts.ts';

/** What lists of deals are narrowed by where a figure of a report led to them. */
export const listFilterTexts = defineTexts(
  'listFilters',
  {
    chips: 'Filters of the list',
    lostFor: 'Lost for: {{values}}',
    lostTo: 'Lost to: {{values}}',
    judged: 'Forecast: {{values}}',
    landing: 'Lands in {{month}}',
    landingByReps: 'Lands in {{month}} by own judgement',
    noReason: 'no reason',
    noCompetitor: 'nobody named',
    'category.commit': 'Commit',
    'category.best_case': 'Best case',
    'category.pipeline': 'Pipeline',
    'category.omitted': 'Omitted',
    'category.': 'not judged',
  },
  {
    chips: '列表的筛选条件',
    lostFor: '输单原因：{{values}}',
    lostTo: '输给：{{values}}',
    judged: '预测类别：{{values}}',
    landing: '预计 {{month}} 到账',
    landingByReps: '销售自己预计 {{month}} 到账',
    noReason: '未填写原因',
    noCompetitor: '未填写对手',
    'category.commit': '承诺',
    'category.best_case': '最佳情况',
    'category.pipeline': '管道',
    'category.omitted': '排除',
    'category.': '未评估',
  },
);
