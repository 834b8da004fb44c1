import { describe, expect, test } from '@jest/globals';
import { RuleViolation } from '../eventsourcing/errors.ts';
import { parseDealsMap, parseStageHistoryMap } from './import-map.ts';
import { crmSalesMap, salesforceHistoryMap } from './known-maps.ts';

describe('an import map', () => {
  test('of a well-known export fits', () => {
    expect(parseDealsMap(structuredClone(crmSalesMap))).toEqual(crmSalesMap);
    expect(parseStageHistoryMap(structuredClone(salesforceHistoryMap))).toEqual(salesforceHistoryMap);
  });

  test.each<[string, object, RegExp?]>([
    ['/currency', { currency: 'dollars' }],
    ['/currency', { currency: 'XYZ' }, /not an ISO 4217 currency/],
    ['/timeZone', { timeZone: 'Mars/Olympus' }, /not a time zone/],
    ['/dateFormats', { dateFormats: [] }],
    ['/delimiter', { delimiter: '::' }],
    ['/pipeline/id', { pipeline: { id: 'not an id' } }],
    ['/columns/id', { columns: { ...crmSalesMap.columns, id: undefined } }],
    ['/columns/amuont', { columns: { ...crmSalesMap.columns, amuont: 'value' } }],
    ['/columns/stage', { columns: { id: 'id' } }],
    ['/stages/Won/outcome', { stages: { Won: { stage: 'engaging', outcome: 'drawn' } } }],
    ['/stages/Won/stage', { stages: { Won: { outcome: 'won' } } }],
    ['/stages/Won/stage', { stages: { Won: { stage: 'nowhere' } } }, /no stage nowhere, but prospecting, engaging/],
    ['/colour', { colour: 'red' }],
  ])('is refused at %s', (path, fields, rule = /./) => {
    const refused = refusal(() => parseDealsMap(JSON.parse(JSON.stringify({ ...crmSalesMap, ...fields }))));
    expect(refused).toMatchObject({ code: 'invalid_import_map', field: path });
    expect(refused.message).toContain(`The map is wrong at ${path}: `);
    expect(refused.message).toMatch(rule);
  });

  test.each<[string, object]>([
    ['/deals/currency', { deals: { ...salesforceHistoryMap.deals, currency: 'XYZ' } }],
    ['/deals/file', { deals: { ...salesforceHistoryMap.deals, file: '' } }],
    ['/stages/Open', { stages: { Open: {} } }],
  ])('of a history is refused at %s', (path, fields) => {
    const refused = refusal(() => parseStageHistoryMap({ ...salesforceHistoryMap, ...fields }));
    expect(refused).toMatchObject({ code: 'invalid_import_map', field: path });
  });

  test('is refused where it is nothing like one', () => {
    for (const value of [null, 5, 'map', []]) expect(() => parseDealsMap(value)).toThrow(RuleViolation);
  });
});

function refusal(parse: () => unknown): RuleViolation {
  try {
    parse();
  } catch (error) {
    if (error instanceof RuleViolation) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}
