import { useConnection } from '../api/live.ts';
import { useTexts } from '../i18n/texts.ts';
import { shellTexts } from './shell.texts.ts';

const DOTS = { open: 'bg-good', connecting: 'bg-warn', lost: 'bg-bad' } as const;

/** Whether changes by others arrive; a word beside the colour. */
export function ConnectionState() {
  const t = useTexts(shellTexts);
  const connection = useConnection();
  return (
    <p
      role="status"
      title={connection === 'open' ? t('connection.openHint') : undefined}
      className="text-muted flex items-center gap-1.5 px-1 text-xs"
    >
      <span aria-hidden className={`size-2 rounded-full ${DOTS[connection]}`} />
      {t(`connection.${connection}`)}
    </p>
  );
}
