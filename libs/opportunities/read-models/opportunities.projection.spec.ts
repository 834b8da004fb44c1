import { describe, expect, test } from '@jest/globals';
import { Value } from '@sinclair/typebox/value';
import * as fc from 'fast-check';
import type { RecordedEvent } from '../../eventsourcing/event.ts';
import { opportunitiesProjection } from './opportunities.projection.ts';
import { OpportunityDocument } from './opportunity.document.ts';
import type { OpportunityEvent } from '../opportunity.events.ts';
import { searchWords } from './search-text.ts';
import { STILL_LASTS, StagePeriod, lengthClassOf, longestOf, periodsOf } from './stage-periods.ts';
import { dealHistory, recorded } from '../testing/deal-histories.ts';

const { evolve } = opportunitiesProjection;

function fold(events: readonly RecordedEvent<OpportunityEvent>[]): OpportunityDocument {
  return events.reduce<OpportunityDocument | undefined>((document, event) => evolve(document, event), undefined)!;
}

type Dated = OpportunityEvent & { occurredAt: string };

function on(day: string, event: OpportunityEvent): Dated {
  return { ...event, occurredAt: `${day}T10:00:00.000Z` };
}

const opened = on('2026-01-05', {
  type: 'OpportunityOpened',
  data: {
    opportunityId: 'd1',
    pipelineId: 'default',
    stageId: 'potential',
    title: 'Rollers for Acme',
    owner: 'Ada',
    region: 'north',
    product: 'GTX Pro',
    amount: { minorUnits: 500_000, currency: 'EUR' },
    attributes: { productLabel: 'GTXPro' },
  },
});

function move(day: string, from: string, to: string, skipped: string[] = []): Dated {
  return on(day, { type: 'OpportunityStageMoved', data: { from, to, direction: 'forward', skipped } });
}

const won = on('2026-03-01', {
  type: 'OpportunityWon',
  data: {
    amount: { minorUnits: 450_000, currency: 'EUR' },
    credit: [{ rep: 'Ada', amount: { minorUnits: 450_000, currency: 'EUR' } }],
  },
});
const lost = on('2026-03-01', { type: 'OpportunityLost', data: { reasonCode: 'price', competitor: 'Bolt' } });

function stays(events: readonly Dated[]) {
  return periodsOf(fold(recorded('d1', events))).map(({ stageId, fromOn, toOn, entry, exit, days }) => [
    stageId,
    fromOn,
    toOn,
    entry,
    exit,
    days,
  ]);
}

describe('a deal as it is shown', () => {
  test('keeps what it was won for and how long it took', () => {
    expect(fold(recorded('d1', [opened, won]))).toMatchObject({
      status: 'won',
      outcome: 'won',
      amount: 450_000,
      endedOn: '2026-03-01',
      cycleDays: 55,
      productLabel: 'GTXPro',
    });
  });

  test('is found by its title, its customer and their ids, in whatever case and width they are written', () => {
    const customer = { id: 'C-7', name: '上海 ＡＣＭＥ' };
    const corrected = on('2026-02-01', {
      type: 'OpportunityDetailsCorrected',
      data: { changes: { title: 'ROLLERS Ⅱ', customer } },
    });
    expect(fold(recorded('d1', [opened])).searchText).toBe('rollers for acme\nd1');
    expect(fold(recorded('d1', [opened, corrected, won])).searchText).toBe('rollers ii\n上海 acme\nd1\nc-7');
    expect(searchWords('  Acme ＲＯＬＬＥＲＳ\t上海')).toEqual(['acme', 'rollers', '上海']);
  });

  test('forgets an ending when it is reopened, but not that there was one', () => {
    const reopened = on('2026-03-10', { type: 'OpportunityReopened', data: { stageId: 'bidding' } });
    const deal = fold(recorded('d1', [opened, lost, reopened]));
    expect(deal).toMatchObject({ status: 'open', stageId: 'bidding', outcome: null, endedOn: null, lostReason: null });
    expect(deal.formerEndings).toMatchObject([{ outcome: 'lost', lostReason: 'price', competitor: 'Bolt' }]);
  });

  test('adds up costs in each currency', () => {
    const call = (id: string, minorUnits: number, currency: string) =>
      on('2026-01-06', {
        type: 'OpportunityActivityLogged',
        data: { activityId: id, kind: 'call', cost: { minorUnits, currency } },
      });
    const deal = fold(recorded('d1', [opened, call('a', 5, 'EUR'), call('b', 7, 'USD'), call('c', 6, 'EUR')]));
    expect(deal.costs).toEqual([
      { minorUnits: 11, currency: 'EUR' },
      { minorUnits: 7, currency: 'USD' },
    ]);
    expect(deal.activityCount).toBe(3);
  });

  test('is again as it was when the import on it is undone', () => {
    const before = [opened, move('2026-01-20', 'potential', 'bidding')];
    const {
      opportunityId: _id,
      pipelineId: _pipeline,
      ...details
    } = opened.data as Extract<OpportunityEvent, { type: 'OpportunityOpened' }>['data'];
    const restored = on('2026-06-01', {
      type: 'OpportunityRestored',
      data: {
        ...details,
        importId: 'i1',
        toRevision: 1,
        stageId: 'bidding',
        status: 'open',
        since: '2026-01-20T10:00:00.000Z',
      },
    });
    const changed = on('2026-01-20', {
      type: 'OpportunityAmountChanged',
      data: { to: { minorUnits: 1, currency: 'EUR' } },
    });
    const earlier = fold(recorded('d1', before));
    const later = fold(recorded('d1', [...before, changed, won, restored]));
    const { revision: _revision, changedAt: _changed, takenBack: _takenBack, ...undone } = later;
    expect(earlier).toMatchObject(undone);
    expect(periodsOf(later)).toEqual(periodsOf(earlier));
  });

  test('fits its published schema, as its periods do, whatever happened', () => {
    fc.assert(
      fc.property(dealHistory('d1'), (events) => {
        const deal = fold(events);
        expect([...Value.Errors(OpportunityDocument, deal)]).toEqual([]);
        for (const period of periodsOf(deal)) expect([...Value.Errors(StagePeriod, period)]).toEqual([]);
      }),
    );
  });
});

describe('the periods of a deal', () => {
  test('tell each stay with its calendar days', () => {
    expect(stays([opened, move('2026-01-20', 'potential', 'bidding'), won])).toEqual([
      ['potential', '2026-01-05', '2026-01-20', 'opened', 'forward', 15],
      ['bidding', '2026-01-20', '2026-03-01', 'forward', 'won', 40],
    ]);
  });

  test('show a stage passed over as one without length', () => {
    expect(stays([opened, move('2026-01-20', 'potential', 'negotiation', ['bidding'])])).toEqual([
      ['potential', '2026-01-05', '2026-01-20', 'opened', 'forward', 15],
      ['bidding', '2026-01-20', '2026-01-20', 'skipped', 'skipped', null],
      ['negotiation', '2026-01-20', '9999-12-31', 'forward', null, null],
    ]);
  });

  test('count a stay through changes and pauses once, on its last part', () => {
    const events = [
      opened,
      on('2026-01-10', { type: 'OpportunityTransferred', data: { from: 'Ada', to: 'Ben', region: 'south' } }),
      on('2026-01-15', { type: 'OpportunitySuspended', data: {} }),
      on('2026-02-15', { type: 'OpportunityReactivated', data: {} }),
      lost,
    ];
    expect(stays(events)).toEqual([
      ['potential', '2026-01-05', '2026-01-10', 'opened', 'continued', null],
      ['potential', '2026-01-10', '2026-01-15', 'continued', 'suspended', null],
      ['potential', '2026-01-15', '2026-02-15', 'suspended', 'reactivated', null],
      ['potential', '2026-02-15', '2026-03-01', 'reactivated', 'lost', 55],
    ]);
    const regions = periodsOf(fold(recorded('d1', events))).map(({ owner, region }) => [owner, region]);
    expect(regions).toEqual([
      ['Ada', 'north'],
      ['Ben', 'south'],
      ['Ben', 'south'],
      ['Ben', 'south'],
    ]);
  });

  test('are of no stage where a deal ended as it was opened', () => {
    const wonAtOnce = { ...won, occurredAt: opened.occurredAt };
    expect(stays([opened, wonAtOnce])).toEqual([
      ['potential', '2026-01-05', '2026-01-05', 'unstaged', 'unstaged', null],
    ]);
  });

  test('are none for a withdrawn deal', () => {
    expect(stays([opened, on('2026-02-01', { type: 'OpportunityWithdrawn', data: {} })])).toEqual([]);
  });

  test('begin no earlier than the one before, though business time ran back', () => {
    expect(stays([opened, move('2025-12-01', 'potential', 'bidding')])).toEqual([
      ['potential', '2026-01-05', '2026-01-05', 'opened', 'forward', 0],
      ['bidding', '2026-01-05', '9999-12-31', 'forward', null, null],
    ]);
  });

  test('follow each other without gap or overlap while the deal lives', () => {
    fc.assert(
      fc.property(dealHistory('d1'), (events) => {
        const deal = fold(events);
        const periods = periodsOf(deal);
        for (const [index, period] of periods.entries()) {
          const next = periods[index + 1];
          expect(period.fromAt <= period.toAt).toBe(true);
          // Between an ending and a reopening may lie a time in which the deal is in no stage.
          const endedBetween = ['won', 'lost', 'terminated'].includes(period.exit ?? '');
          expect(!next || next.fromAt === period.toAt || (endedBetween && next.fromAt > period.toAt)).toBe(true);
        }
        expect(periods[0]?.fromAt).toBe(deal.openedAt);
        const last = periods.at(-1)!;
        expect(last.toAt).toBe(isLiving(deal.status) ? STILL_LASTS : (deal.endedFrom ?? deal.endedAt));
      }),
    );
  });

  test('are the same from a deal that was stored in between as from one folded at once', () => {
    fc.assert(
      fc.property(dealHistory('d1'), (events) => {
        const stored = events.reduce<OpportunityDocument | undefined>(
          (deal, event) => JSON.parse(JSON.stringify(evolve(deal, event))) as OpportunityDocument,
          undefined,
        )!;
        expect(stored).toEqual(fold(events));
        expect(periodsOf(stored)).toEqual(periodsOf(fold(events)));
      }),
    );
  });

  test('are shorter than the bound of their class', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 * 86_400_000 }), (milliseconds) => {
        const [from, to] = [new Date(0).toISOString(), new Date(milliseconds).toISOString()];
        const lengthClass = lengthClassOf(from, to);
        expect(milliseconds).toBeLessThan(longestOf(lengthClass));
        expect(lengthClassOf(to, to)).toBe(-1);
      }),
    );
  });
});

function isLiving(status: string): boolean {
  return status === 'open' || status === 'suspended';
}
