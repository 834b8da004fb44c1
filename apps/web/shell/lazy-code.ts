import { connectionBack } from '../api/live.ts';

/** Loads code that comes when it is wanted; without a connection waits for it, since nothing would try again. */
export async function patiently<Parts>(load: () => Promise<Parts>): Promise<Parts> {
  try {
    return await load();
  } catch (error) {
    if (!(await connectionBack())) throw error;
    return patiently(load);
  }
}

/** The code of the palette. */
export const fetchPalette = () => patiently(() => import('./command-palette.tsx'));
