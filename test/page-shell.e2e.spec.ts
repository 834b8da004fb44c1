import { expect, test } from '@jest/globals';
import { accessibilityFaults, describePage } from './testing/page.ts';

describePage('the shell of the page', (company) => {
  test('leads from the bare address to the board, connected', async () => {
    const page = await company.visit();
    await page.waitForURL('**/board');
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('goes to pages by keys, says every key, and speaks Chinese', async () => {
    const page = await company.visit({ path: '/board' });
    await page.getByRole('navigation', { name: 'Main navigation' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.waitForURL('**/funnel');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Go to Board').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    await page.getByRole('link', { name: '看板' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  });
});
