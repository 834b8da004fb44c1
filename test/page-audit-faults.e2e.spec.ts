import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@jest/globals';
import { PATIENCE_MILLISECONDS } from '../libs/eventsourcing/testing/eventually.ts';
import { accessibilityFaults, describePage } from './testing/page.ts';

describePage(
  'the page of the audit, of a log that was altered',
  (company) => {
    test('shows what was altered, in the proof and in the event', async () => {
      const [event] = (await company.server.get('/api/v1/audit/events?type=OpportunityWon&limit=1')).body.events;
      const database = new DatabaseSync(join(company.server.data, 'events.db'), { timeout: PATIENCE_MILLISECONDS });
      database
        .prepare('UPDATE events SET data = replace(data, ?, ?) WHERE position = ?')
        .run('0', '9', Number(event.position));
      database.close();
      const page = await company.visit({ path: '/audit?section=verify' });
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText('The log is not intact: 1 fault').waitFor();
      await page.getByRole('link', { name: String(Number(event.position)) }).click();
      await page.getByText('Not as it was recorded').waitFor();
      await page.getByText('the event was altered after it was recorded').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  },
  { deals: 60 },
);

describePage(
  'the page of the audit, of a log that is not whole',
  (company) => {
    test('shows what was taken out of the log, also in the event behind it, and notes no such log', async () => {
      const { events } = (await company.server.get('/api/v1/audit/events?limit=100')).body;
      const gone = events.findIndex(
        ({ stream }: { stream: string }, index: number) => index > 50 && stream !== events[index - 1].stream,
      );
      const [after, , before] = events.slice(gone - 1).map(({ position }: { position: string }) => Number(position));
      const database = new DatabaseSync(join(company.server.data, 'events.db'), { timeout: PATIENCE_MILLISECONDS });
      database.prepare('DELETE FROM events WHERE position = ?').run(Number(events[gone].position));
      database.close();
      const page = await company.visit({ path: '/audit?section=verify', language: 'zh' });
      await page.getByRole('button', { name: '验证' }).click();
      await page.getByText(/日志不完好/).waitFor();
      await page.getByText('日志现状的位置与摘要').waitFor();
      expect(await page.getByText('请另行保存').count()).toBe(0);
      const fault = page.getByRole('row').filter({ hasText: '其间曾记录的内容缺失' });
      await fault.getByRole('link', { name: String(after), exact: true }).click();
      await page.getByText('其前有事件缺失').waitFor();
      await page.getByText(`日志中它的前一个事件位于 ${before}`).waitFor();
    });
  },
  { deals: 60 },
);
