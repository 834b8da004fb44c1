import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NotFound } from '../errors.ts';
import type { Find, ReadModelStore, Where } from '../read-model-store.ts';
import { sampleDeal, sampleDeals, serveDeals, type SampleDeal, type OpenReadModelStore } from './read-model-sample.ts';

const deals = sampleDeals.name;

const documents: readonly SampleDeal[] = [
  sampleDeal('a', { stage: 'lead', amount: 10, owner: 'ann', probability: 0.5, labels: ['x'] }),
  sampleDeal('b', { stage: 'lead', amount: 30, owner: 'bob', closedAt: '2026-01-05T00:00:00.000Z', open: false }),
  sampleDeal('c', { stage: 'won', amount: 20, owner: 'ann', closedAt: '2026-02-05T00:00:00.000Z', open: false }),
  sampleDeal('d', { stage: 'won', amount: 20, closedAt: null }),
  sampleDeal('e', { stage: 'lost', amount: 20, owner: 'Zoë', reason: 'price', open: false }),
  sampleDeal('f', { stage: 'lead', amount: 0, owner: 'zoe', probability: 2 }),
  sampleDeal('g', { stage: 'lead', amount: -5 }),
];

export function queriesContract(open: OpenReadModelStore): void {
  describe('queries', () => {
    let store: ReadModelStore;
    let destroy: () => Promise<void>;
    beforeAll(async () => {
      ({ store, destroy } = await open());
      await serveDeals(store, ...documents);
    });
    afterAll(() => destroy());

    const idsOf = async (find: Find) =>
      (await store.find<SampleDeal>(deals, find)).documents.map(({ id }) => id).join('');

    test('gives a document by its id, or none', async () => {
      expect(await store.get(deals, 'a')).toEqual(documents[0]);
      expect(await store.get(deals, 'unheard')).toBeUndefined();
      expect(await store.get(deals, '')).toBeUndefined();
    });

    test('gives many documents in the order asked, leaving out those there are not', async () => {
      const found = await store.getMany<SampleDeal>(deals, ['g', 'unheard', 'a', 'c']);
      expect(found).toEqual([documents[6], documents[0], documents[2]]);
      expect(await store.getMany(deals, [])).toEqual([]);
    });

    test.each<[string, Where, string]>([
      ['a text', { stage: 'won' }, 'cd'],
      ['a number', { amount: 20 }, 'cde'],
      ['true', { open: true }, 'adfg'],
      ['false', { open: false }, 'bce'],
      ['the id', { id: 'c' }, 'c'],
      ['null, or missing', { owner: null }, 'dg'],
      ['null, where null may be stored', { closedAt: null }, 'adefg'],
      ['one of several', { stage: { in: ['won', 'lost', 'unheard'] } }, 'cde'],
      ['one of several numbers', { amount: { in: [0, 30] } }, 'bf'],
      ['one of several, null among them', { owner: { in: ['bob', null] } }, 'bdg'],
      ['none of none', { stage: { in: [] } }, ''],
      ['above', { amount: { gt: 20 } }, 'b'],
      ['from', { amount: { gte: 20 } }, 'bcde'],
      ['below', { amount: { lt: 0 } }, 'g'],
      ['up to', { amount: { lte: 10 } }, 'afg'],
      ['between', { amount: { gt: -5, lte: 20 } }, 'acdef'],
      ['a range of texts, which null is never in', { closedAt: { gte: '2026-01-05', lt: '2026-02' } }, 'b'],
      ['a range of texts by their code points', { owner: { lt: 'a' } }, 'e'],
      ['a range of fractions', { probability: { gt: 0.4 } }, 'af'],
      ['not a text, which null is not either', { owner: { not: 'ann' } }, 'bdefg'],
      ['not null', { owner: { not: null } }, 'abcef'],
      ['a range without a value in it', { amount: { gte: 10, not: 20 } }, 'ab'],
      ['several fields at once', { stage: 'lead', amount: { gte: 0 }, owner: { in: ['ann', 'zoe'] } }, 'af'],
      ['a part of a text', { title: { contains: ['eal b'] } }, 'b'],
      ['several parts of a text in any order', { title: { contains: ['c', 'Deal'] } }, 'c'],
      ['a part, upper and lower case apart', { owner: { contains: ['z'] } }, 'f'],
      ['a part beyond ASCII', { owner: { contains: ['oë'] } }, 'e'],
      ['a part of what is null, which has none', { reason: { contains: ['ric'] } }, 'e'],
      ['the empty part, which null does not have', { owner: { contains: [''] } }, 'abcef'],
      ['no parts, which every text has', { owner: { contains: [] } }, 'abcef'],
      ['nothing asked', {}, 'abcdefg'],
    ])('finds by %s', async (_, where, ids) => {
      expect(await idsOf({ where })).toBe(ids);
      const [counted] = await store.sum(deals, { where, by: [] });
      expect(counted?.count).toBe(ids.length);
    });

    test('takes the characters of a pattern for what they are', async () => {
      const { store: special, destroy: end } = await open();
      const titles = ['100 % wool', '100 k wool', 'a.b', 'a(b', 'a_b', '[x]', 'back\\slash', '压铸机 第二期', '铸压机'];
      await serveDeals(special, ...titles.map((title, index) => sampleDeal(`t${index}`, { title })));
      for (const title of [...titles, '%', '_', '.', '(', '[', '\\', '压铸', '机']) {
        const where = { title: { contains: [title] } };
        const found = await special.find<SampleDeal>(deals, { where });
        expect(found.documents.map((each) => each.title)).toEqual(titles.filter((each) => each.includes(title)));
      }
      await end();
    });

    test.each<[string, readonly Where[], string]>([
      ['one of two', [{ stage: 'won' }, { amount: { lt: 0 } }], 'cdg'],
      ['one of two that meet', [{ stage: 'won' }, { amount: 20 }], 'cde'],
      [
        'one, all of whose conditions hold',
        [
          { stage: 'won', open: true },
          { owner: 'bob', amount: 1 },
        ],
        'd',
      ],
      ['the only one', [{ owner: null }], 'dg'],
      ['one without conditions', [{}, { stage: 'won' }], 'abcdefg'],
      ['one of none', [], ''],
    ])('finds by %s', async (_, anyOf, ids) => {
      expect(await idsOf({ anyOf })).toBe(ids);
      expect((await pages({ anyOf, sort: [['amount', 'descending']], limit: 2 })).flat().toSorted().join('')).toBe(ids);
      expect((await store.sum(deals, { anyOf, by: [] }))[0]?.count).toBe(ids.length);
      const where = { open: true };
      const both = documents.filter((each) => each.open && ids.includes(each.id)).map(({ id }) => id);
      expect(await idsOf({ where, anyOf })).toBe(both.join(''));
    });

    test('refuses alternatives that do not fit the schema', async () => {
      const anyOf: Where[] = [{ stage: 'won' }, { unheard: 1 }];
      await expect(store.find(deals, { anyOf })).rejects.toMatchObject({ code: 'unknown_field', field: 'unheard' });
      await expect(store.sum(deals, { anyOf, by: [] })).rejects.toMatchObject({ code: 'unknown_field' });
    });

    test.each<[string, NonNullable<Find['sort']>, string]>([
      ['the id where nothing is asked', [], 'abcdefg'],
      ['the id, downwards', [['id', 'descending']], 'gfedcba'],
      ['a number, then the id', [['amount', 'ascending']], 'gfacdeb'],
      ['a number downwards, then the id downwards', [['amount', 'descending']], 'bedcafg'],
      ['a text with null first', [['owner', 'ascending']], 'dgeacbf'],
      ['a text downwards with null last', [['owner', 'descending']], 'fbcaegd'],
      ['a truth, false first', [['open', 'ascending']], 'bceadfg'],
      [
        'two fields of two directions',
        [
          ['stage', 'ascending'],
          ['amount', 'descending'],
        ],
        'bafgedc',
      ],
      [
        'three fields',
        [
          ['open', 'descending'],
          ['owner', 'ascending'],
          ['amount', 'descending'],
        ],
        'dgafecb',
      ],
    ])('sorts by %s', async (_, sort, ids) => {
      expect(await idsOf({ sort })).toBe(ids);
      for (const limit of [1, 2, 3, 7]) expect((await pages({ sort, limit })).flat().join('')).toBe(ids);
    });

    async function pages(find: Find): Promise<string[][]> {
      const all: string[][] = [];
      let next: string | undefined;
      do {
        const found = await store.find<SampleDeal>(deals, next === undefined ? find : { ...find, after: next });
        all.push(found.documents.map(({ id }) => id));
        expect(found.documents.length).toBeLessThanOrEqual(find.limit ?? Infinity);
        next = found.next;
      } while (next !== undefined && all.length < 50);
      return all;
    }

    test('visits every document once in pages that filter too', async () => {
      const find: Find = { where: { amount: { lte: 20 } }, sort: [['closedAt', 'descending']], limit: 2 };
      expect(await pages(find)).toEqual(
        [
          ['c', 'g'],
          ['f', 'e'],
          ['d', 'a'],
        ].map((page) => page),
      );
    });

    test('names no next page where none can follow', async () => {
      expect((await store.find(deals, {})).next).toBeUndefined();
      expect((await store.find(deals, { limit: 8 })).next).toBeUndefined();
      expect((await store.find(deals, { where: { stage: 'unheard' }, limit: 1 })).next).toBeUndefined();
    });

    test('counts and sums everything that matches where nothing groups', async () => {
      const rows = await store.sum(deals, { where: { open: false }, by: [], of: ['amount'] });
      expect(rows).toEqual([{ group: {}, count: 3, sums: { amount: 70 } }]);
    });

    test('counts none and sums zero in one row where nothing groups and nothing matches', async () => {
      const rows = await store.sum(deals, { where: { stage: 'unheard' }, by: [], of: ['amount'] });
      expect(rows).toEqual([{ group: {}, count: 0, sums: { amount: 0 } }]);
      expect(await store.sum(deals, { where: { stage: 'unheard' }, by: ['stage'] })).toEqual([]);
    });

    test('groups by one field in its order, null first and missing as null', async () => {
      expect(await store.sum(deals, { by: ['owner'], of: ['amount'] })).toEqual([
        { group: { owner: null }, count: 2, sums: { amount: 15 } },
        { group: { owner: 'Zoë' }, count: 1, sums: { amount: 20 } },
        { group: { owner: 'ann' }, count: 2, sums: { amount: 30 } },
        { group: { owner: 'bob' }, count: 1, sums: { amount: 30 } },
        { group: { owner: 'zoe' }, count: 1, sums: { amount: 0 } },
      ]);
    });

    test('groups by several fields, sums several, and adds nothing for what is missing', async () => {
      const rows = await store.sum(deals, {
        where: { stage: { in: ['lead', 'won'] } },
        by: ['open', 'stage'],
        of: ['amount', 'probability'],
      });
      expect(rows).toEqual([
        { group: { open: false, stage: 'lead' }, count: 1, sums: { amount: 30, probability: 0 } },
        { group: { open: false, stage: 'won' }, count: 1, sums: { amount: 20, probability: 0 } },
        { group: { open: true, stage: 'lead' }, count: 3, sums: { amount: 5, probability: 2.5 } },
        { group: { open: true, stage: 'won' }, count: 1, sums: { amount: 20, probability: 0 } },
      ]);
    });

    test('sums exactly up to 2^53, and to the nearest number beyond', async () => {
      const { store: large, destroy: end } = await open();
      const largest = Number.MAX_SAFE_INTEGER;
      const amounts = [largest - 7, 7, ...Array.from({ length: 1_100 }, () => largest)];
      const stored = amounts.map((amount, index) =>
        sampleDeal(`d${index}`, { amount, stage: index < 2 ? 'exact' : 'beyond' }),
      );
      await serveDeals(large, ...stored);
      const [beyond, exact] = await large.sum(deals, { by: ['stage'], of: ['amount'] });
      expect(exact?.sums['amount']).toBe(largest);
      expect(beyond!.sums['amount']! / (1_100 * largest)).toBeCloseTo(1, 12);
      await end();
    });

    test('knows no collection it was not given', async () => {
      for (const name of ['unheard', '', 'sqlite_master', 'system.users', 'deals"; DROP TABLE x; --']) {
        await expect(store.get(name, 'a')).rejects.toThrow(NotFound);
        await expect(store.getMany(name, ['a'])).rejects.toThrow(NotFound);
        await expect(store.find(name, {})).rejects.toThrow(NotFound);
        await expect(store.sum(name, { by: [] })).rejects.toThrow(NotFound);
      }
    });

    test.each(['unheard', 'labels', 'customer', 'customer.name', '', '_id', '$where', '__proto__', 'id" OR 1=1 --'])(
      'refuses to filter, sort, group or sum by %j, which is not a scalar property',
      async (field) => {
        const refused = { name: 'RuleViolation', code: 'unknown_field', field };
        const where: Where = Object.fromEntries([[field, 'x']]);
        await expect(store.find(deals, { where })).rejects.toMatchObject(refused);
        await expect(store.find(deals, { sort: [[field, 'ascending']] })).rejects.toMatchObject(refused);
        await expect(store.sum(deals, { by: [], where })).rejects.toMatchObject(refused);
        await expect(store.sum(deals, { by: [field] })).rejects.toMatchObject(refused);
        await expect(store.sum(deals, { by: [], of: [field] })).rejects.toMatchObject(refused);
      },
    );

    test('refuses to sum what is not a number', async () => {
      await expect(store.sum(deals, { by: [], of: ['title'] })).rejects.toMatchObject({ code: 'unknown_field' });
    });

    test.each<[string, Where]>([
      ['a text for a number', { amount: '20' }],
      ['a number for a text', { title: 7 }],
      ['a number for a truth', { open: 1 }],
      ['a wrong one among several', { amount: { in: [1, '2'] } }],
      ['null as a bound', { amount: { gt: null } }],
      ['a truth as a bound', { amount: { lte: true } }],
      ['a part of a number', { amount: { contains: ['2'] } }],
      ['a number as a part', { title: { contains: [2 as never] } }],
      ['null as a part', { title: { contains: [null as never] } }],
      ['a part that is no list', { title: { contains: 'x' as never } }],
      ['an operator there is not', { amount: { $gt: 5 } as never }],
      ['an object as a value', { title: { not: { $ne: 1 } } as never }],
      ['nothing as a value', { title: undefined as never }],
    ])('refuses %s in a condition', async (_, where) => {
      const refused = { name: 'RuleViolation', code: 'invalid_value', field: Object.keys(where)[0] };
      await expect(store.find(deals, { where })).rejects.toMatchObject(refused);
      await expect(store.sum(deals, { where, by: [] })).rejects.toMatchObject(refused);
    });

    test('refuses a cursor that is not its own or of another sort', async () => {
      const { next } = await store.find(deals, { sort: [['amount', 'ascending']], limit: 2 });
      const refused = { name: 'RuleViolation', code: 'invalid_cursor', field: 'after' };
      for (const find of [{ after: 'nonsense' }, { after: '' }, { after: 'WzFd' }, { after: next! }])
        await expect(store.find(deals, find)).rejects.toMatchObject(refused);
      const downwards: Find = { sort: [['amount', 'descending']], after: next! };
      await expect(store.find(deals, downwards)).rejects.toMatchObject(refused);
    });

    test.each([0, -1, 1.5, Number.NaN])('refuses a limit of %p', async (limit) => {
      await expect(store.find(deals, { limit })).rejects.toMatchObject({ code: 'invalid_value', field: 'limit' });
    });
  });
}
