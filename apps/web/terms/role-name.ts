import { useCallback } from 'react';
import { useTexts } from '../i18n/texts.ts';
import { roleTexts } from './role.texts.ts';

const ROLES = ['admin', 'manager', 'rep', 'auditor', 'reader'] as const;

/** What a role is called in the chosen language. */
export function useRoleName(): (role: string) => string {
  const t = useTexts(roleTexts);
  return useCallback(
    (role) => {
      const known = ROLES.find((one) => one === role);
      return known === undefined ? role : t(known);
    },
    [t],
  );
}
