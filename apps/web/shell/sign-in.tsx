import { useState, type FormEvent } from 'react';
import { isToken, keepToken, readToken, useIsRefused } from '../api/token.ts';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { shellTexts } from './shell.texts.ts';

/** Asks for a token where the server wants one, at first or while the page is open. */
export function SignIn() {
  const t = useTexts(shellTexts);
  const [token, setToken] = useState('');
  const isRefused = useIsRefused();
  const wanted = token.trim();
  const isWrong = wanted !== '' && !isToken(wanted);
  const wrong = isWrong ? t('tokenUnreadable') : readToken() === undefined ? undefined : t('tokenWrong');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isWrong) keepToken(wanted);
  };
  return (
    <Dialog open={isRefused} title={t('signIn')} description={t('signInHint')} onClose={() => undefined}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label={t('token')} error={wrong}>
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="current-password"
              value={token}
              onChange={(event) => setToken(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" look="primary" disabled={wanted === '' || isWrong}>
          {t('signIn')}
        </Button>
      </form>
    </Dialog>
  );
}
