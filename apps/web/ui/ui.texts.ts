import { defineTexts } from '../i18n/texts.ts';

export const uiTexts = defineTexts(
  'ui',
  {
    close: 'Close',
    retry: 'Try again',
    loading: 'Loading…',
    csv: 'CSV',
    csvHint: 'Download this table as CSV',
    showTable: 'Show as a table',
    failed: 'This could not be loaded',
    unreachable:
      'The server cannot be reached. What you see may be old; it is loaded again once the connection is back.',
    forbidden: 'Your role may not see this.',
    notFound: 'There is no such thing, or no more.',
    reason: 'Reason',
    reasonOptional: 'Reason (optional)',
    reasonMissing: 'Say why: it is kept for good.',
    cancel: 'Cancel',
  },
  {
    close: '关闭',
    retry: '重试',
    loading: '加载中…',
    csv: 'CSV',
    csvHint: '将此表格下载为 CSV',
    showTable: '以表格显示',
    failed: '无法加载',
    unreachable: '无法连接服务器。所见内容可能已过时；连接恢复后会重新加载。',
    forbidden: '您的角色无权查看。',
    notFound: '不存在，或已不存在。',
    reason: '原因',
    reasonOptional: '原因（可选）',
    reasonMissing: '请说明原因，它会被永久保留。',
    cancel: '取消',
  },
);
