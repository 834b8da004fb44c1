import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { learnedDurations } from './learned-durations.ts';
import { learnedSuccessRates, type StageStay } from './success-rates.ts';
import { wilsonInterval } from './wilson-interval.ts';

const stages = ['potential', 'bidding', 'negotiation'];

function stay(deal: string, stage: string, end: StageStay['end']): StageStay {
  return { deal, stage, end };
}

describe('the learned success rate of a stage', () => {
  test('is the share of the deals that left it for the next', () => {
    const rates = learnedSuccessRates(stages, [
      stay('1', 'potential', 'reached_next'),
      stay('2', 'potential', 'left'),
      stay('3', 'potential', 'reached_next'),
      stay('4', 'potential', 'still_there'),
      stay('1', 'bidding', 'left'),
    ]);
    expect(rates).toEqual([
      { stage: 'potential', deals: 3, reachedNext: 2, stillThere: 1, rate: 2 / 3, interval: wilsonInterval(2, 3) },
      { stage: 'bidding', deals: 1, reachedNext: 0, stillThere: 0, rate: 0, interval: wilsonInterval(0, 1) },
      { stage: 'negotiation', deals: 0, reachedNext: 0, stillThere: 0, rate: null, interval: null },
    ]);
  });

  test('counts a deal once, by the best that came of it', () => {
    const of = (...ends: StageStay['end'][]) =>
      learnedSuccessRates(
        ['bidding'],
        ends.map((end) => stay('1', 'bidding', end)),
      )[0];
    expect(of('left', 'reached_next')).toMatchObject({ deals: 1, reachedNext: 1, stillThere: 0 });
    expect(of('reached_next', 'still_there')).toMatchObject({ deals: 1, reachedNext: 1, stillThere: 0 });
    expect(of('left', 'still_there')).toMatchObject({ deals: 0, reachedNext: 0, stillThere: 1 });
    expect(of('left', 'left')).toMatchObject({ deals: 1, reachedNext: 0, stillThere: 0 });
  });

  test('does not mind the order of the stays and does not move for deals still there', () => {
    const stays = fc.array(
      fc.record({
        deal: fc.constantFrom('1', '2', '3', '4', '5'),
        stage: fc.constantFrom(...stages),
        end: fc.constantFrom('reached_next', 'left', 'still_there'),
      }),
    );
    fc.assert(
      fc.property(stays, (all) => {
        const rates = learnedSuccessRates(stages, all);
        expect(learnedSuccessRates(stages, all.toReversed())).toEqual(rates);
        const more = learnedSuccessRates(stages, [...all, stay('new', 'bidding', 'still_there')]);
        expect(more.map(({ rate }) => rate)).toEqual(rates.map(({ rate }) => rate));
        expect(more[1]!.stillThere).toBe(rates[1]!.stillThere + 1);
      }),
    );
  });

  test('is refused for stages that the pipeline does not have', () => {
    expect(() => learnedSuccessRates([], [])).toThrow('stages');
    expect(() => learnedSuccessRates(['bidding', 'bidding'], [])).toThrow('twice');
    expect(() => learnedSuccessRates(stages, [stay('1', 'nowhere', 'left')])).toThrow(
      expect.objectContaining({ code: 'unknown', field: 'stays[0].stage' }),
    );
  });
});

describe('the learned duration of a stage', () => {
  test('counts deals still there as having stayed at least so long', () => {
    const left = [10, 20, 30].map((time) => ({ stage: 'bidding', time, left: true }));
    const [without] = learnedDurations(['bidding'], left);
    expect(without).toMatchObject({ stays: 3, left: 3, stillThere: 0, median: { time: 20 }, p90: { time: 30 } });
    const still = [15, 40, 50].map((time) => ({ stage: 'bidding', time, left: false }));
    const [withThem] = learnedDurations(['bidding'], [...left, ...still]);
    expect(withThem).toMatchObject({ stays: 6, left: 3, stillThere: 3, median: { time: 30 } });
    expect(withThem!.p90).toMatchObject({ time: null, reason: expect.stringContaining('less than the 90 %') });
  });

  test('says where no deal has been', () => {
    expect(learnedDurations(stages, []).map(({ median }) => median.reason)).toEqual(
      Array(3).fill('No deal has been in the stage.'),
    );
  });

  test('is refused for times that are none', () => {
    expect(() => learnedDurations(stages, [{ stage: 'bidding', time: -1, left: true }])).toThrow('stays[0].time');
    expect(() => learnedDurations(stages, [{ stage: 'nowhere', time: 1, left: true }])).toThrow('stays[0].stage');
  });
});
