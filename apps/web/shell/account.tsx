import { CircleUser, LogOut } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useMe } from '../api/me.ts';
import { forgetToken, readToken } from '../api/token.ts';
import { useTexts } from '../i18n/texts.ts';
import { useRoleName } from '../terms/role-name.ts';
import { Button } from '../ui/button.tsx';
import { shellTexts } from './shell.texts.ts';

/** Who uses the page, in which role, and the way out where somebody has signed in. */
export function Account() {
  const t = useTexts(shellTexts);
  const roleName = useRoleName();
  const me = useMe();
  if (!me) return null;
  const role = roleName(me.role);
  return (
    // Not modal, as the menus beside it.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button
          look="quiet"
          aria-label={t('account', { name: me.id, role })}
          title={t('account', { name: me.id, role })}
        >
          <CircleUser size={16} aria-hidden />
          <span className="hidden max-w-32 truncate lg:inline">{me.id}</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        className="bg-raised border-line shadow-raised z-50 max-w-64 min-w-44 rounded-lg border p-1 text-sm"
      >
        <DropdownMenu.Label className="px-2 py-1.5">
          <span className="block font-medium break-words">{me.id}</span>
          <span className="text-muted block first-letter:uppercase">{role}</span>
        </DropdownMenu.Label>
        {readToken() !== undefined && (
          <DropdownMenu.Item
            onSelect={forgetToken}
            className="data-highlighted:bg-sunken flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 outline-none"
          >
            <LogOut size={14} aria-hidden /> {t('signOut')}
          </DropdownMenu.Item>
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
