import { useSyncExternalStore } from 'react';
import { watchers } from '../ui/watchers.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'dealtrail.theme';
const { watch, tell } = watchers();
const system = matchMedia('(prefers-color-scheme: dark)');
system.addEventListener('change', apply);

export function useTheme(): Theme {
  return useSyncExternalStore(watch, chosenTheme);
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  apply();
  tell();
}

function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';
}

/** The first time, before anything is drawn, `public/theme.js` does the same. */
function apply(): void {
  const theme = chosenTheme();
  const dark = theme === 'dark' || (theme === 'system' && system.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}
