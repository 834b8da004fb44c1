import { expect, test } from '@jest/globals';
import { uploadName } from './upload-name.ts';

test.each([
  ['deals.csv', 'deals.csv'],
  ['Opportunity History.csv', 'Opportunity History.csv'],
  ["we'ird [name], 2.csv", 'we_ird _name__ 2.csv'],
  ['商机.csv', '商机.csv'],
  ['.csv', 'file.csv'],
  ['~$deals', 'deals'],
  [`${'long '.repeat(30)}.csv`, `${'long '.repeat(30).slice(0, 76)}.csv`],
])('a file called %s is sent as %s', (name, sent) => {
  expect(uploadName(name)).toBe(sent);
});
