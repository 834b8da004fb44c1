import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTexts } from '../../../i18n/texts.ts';
import { shortPosition } from '../../../terms/short-position.ts';
import type { AuditEvent } from '../api/events.ts';
import { auditTexts } from '../audit.texts.ts';

/** Whether the event is as it was recorded, in words, with the hashes that say so. */
export function ChainState({ event: { chain, revision } }: { readonly event: AuditEvent }) {
  const t = useTexts(auditTexts);
  const recorded = chain.hashMatches && chain.previousHashMatches;
  const intact = recorded && chain.missingSince === undefined;
  const Icon = intact ? ShieldCheck : ShieldAlert;
  const hashes: readonly (readonly [name: string, hash: string])[] = [
    [t('hash'), chain.hash],
    [t('recomputedHash'), chain.recomputedHash],
    [t('previousHash'), chain.previousHash === '' ? t('hashFirst') : chain.previousHash],
    [t('hashBefore'), chain.hashBefore === undefined ? t('hashMissing') : chain.hashBefore || t('hashFirst')],
  ];
  return (
    <div className={`rounded-md p-3 text-sm ${intact ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}>
      <h4 className="flex items-center gap-2 font-semibold">
        <Icon size={16} aria-hidden /> {t(intact ? 'chainIntact' : recorded ? 'chainGap' : 'chainBroken')}
      </h4>
      <p>
        {!chain.hashMatches
          ? t('hashWrong')
          : !chain.previousHashMatches
            ? t('previousWrong')
            : t(revision === 0 ? 'chainFirst' : 'chainLinked')}
      </p>
      {chain.missingSince !== undefined && (
        <p>{t('missingSince', { before: shortPosition(chain.missingSince) || t('beginning') })}</p>
      )}
      <details className="mt-1">
        <summary className="min-h-6 cursor-pointer">{t('hashes')}</summary>
        <dl className="text-ink">
          {hashes.map(([name, hash]) => (
            <div key={name}>
              <dt className="text-xs">{name}</dt>
              <dd className="font-mono text-xs break-all">{hash}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}
