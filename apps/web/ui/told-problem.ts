import { useCallback } from 'react';
import { problemOf } from '../api/problem.ts';
import { useTexts } from '../i18n/texts.ts';
import { uiTexts } from './ui.texts.ts';

/** Says why something was not done, also where the server could not be asked. */
export function useToldProblem(): (error: unknown) => string {
  const t = useTexts(uiTexts);
  return useCallback(
    (error) => {
      const { code, message } = problemOf(error);
      return code === 'unreachable' ? t('askAgain') : message;
    },
    [t],
  );
}
