import { defineTexts } from '../i18n/texts.ts';

/** What the statuses of deals are called. */
export const statusTexts = defineTexts(
  'dealStatus',
  {
    open: 'Open',
    suspended: 'Suspended',
    won: 'Won',
    lost: 'Lost',
    terminated: 'Terminated',
    closed: 'Closed',
    archived: 'Archived',
    withdrawn: 'Withdrawn',
  },
  {
    open: '进行中',
    suspended: '已中止',
    won: '已赢单',
    lost: '已丢单',
    terminated: '已终止',
    closed: '已关闭',
    archived: '已归档',
    withdrawn: '已撤回',
  },
);
