import { useState, type FormEvent } from 'react';
import { problemOf } from '../api/problem.ts';
import { keepToken, readToken } from '../api/token.ts';
import { useTexts } from '../i18n/texts.ts';
import { usePipelines } from '../pipelines/pipelines.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { shellTexts } from './shell.texts.ts';

/** Asks for a token where the server wants one; everything is loaded again with it. */
export function SignIn() {
  const t = useTexts(shellTexts);
  const [token, setToken] = useState('');
  const { error } = usePipelines();
  const refused = error !== null && problemOf(error).status === 401;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keepToken(token.trim());
    globalThis.location.reload();
  };
  return (
    <Dialog open={refused} title={t('signIn')} description={t('signInHint')} onClose={() => undefined}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label={t('token')} error={readToken() === undefined ? undefined : t('tokenWrong')}>
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
        <Button type="submit" look="primary" disabled={token.trim() === ''}>
          {t('signIn')}
        </Button>
      </form>
    </Dialog>
  );
}
