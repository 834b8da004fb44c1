import { defineTexts } from '../i18n/texts.ts';

/** Why deals are lost, as most companies say it. */
export const lossReasonTexts = defineTexts(
  'lossReasons',
  {
    price: 'Price',
    'no-decision': 'No decision',
    'missing-feature': 'Missing feature',
    'chose-competitor': 'Chose a competitor',
    'no-budget': 'No budget',
    timing: 'Timing',
    other: 'Another reason',
  },
  {
    price: '价格',
    'no-decision': '客户未决策',
    'missing-feature': '功能缺失',
    'chose-competitor': '选择了竞争对手',
    'no-budget': '没有预算',
    timing: '时机不合',
    other: '其他原因',
  },
);
