import { describe, expect, test } from '@jest/globals';
import { inTurn } from './undo.ts';

describe('what takes something back', () => {
  test('is carried out in turn, each step where the one before it has left the deal', async () => {
    const done: (readonly [number, string])[] = [];
    const takeBack = inTurn(['reopen', 'change-amount'], async (revision, step) => {
      done.push([revision, step]);
      return { revision: revision + 2 };
    });
    await takeBack(5);
    expect(done).toEqual([
      [5, 'reopen'],
      [7, 'change-amount'],
    ]);
  });

  test('goes on with the step that was refused', async () => {
    const done: (readonly [number, string])[] = [];
    const takeBack = inTurn(['reopen', 'change-amount'], async (revision, step) => {
      if (step === 'change-amount' && revision === 6) throw new Error('Somebody was faster.');
      done.push([revision, step]);
      return { revision: revision + 1 };
    });
    await expect(takeBack(5)).rejects.toThrow('Somebody was faster.');
    await takeBack(8);
    expect(done).toEqual([
      [5, 'reopen'],
      [8, 'change-amount'],
    ]);
  });
});
