import { Link } from '@tanstack/react-router';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import type { components } from '../../../api/schema.d.ts';
import { shortPosition } from '../../../terms/short-position.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { downloadJson } from '../../../ui/download.ts';
import type { LogProof } from '../api/jobs.ts';
import { auditTexts } from '../audit.texts.ts';
import { useCopy } from './use-copy.ts';

type Fault = components['schemas']['LogFaultDto'];

interface ProofResultProps {
  readonly proof: LogProof;
  readonly question: components['schemas']['VerificationQuestionDto'];
}

/** What a verification showed, in words, to keep elsewhere. */
export function ProofResult({ proof, question }: ProofResultProps) {
  const t = useTexts(auditTexts);
  const format = useFormat();
  const copy = useCopy();
  const { intact, events, streams, position, digest, faults, faultCount, complete } = proof;
  const Icon = intact ? ShieldCheck : ShieldAlert;
  const noted = `${position}:${digest}`;
  const toldFault = ({ code, parameters = {} }: Fault): string => {
    const { before, position: at, ...others } = parameters;
    return t(`fault.${code}`, {
      ...others,
      ...(before === undefined ? {} : { before: before === '' ? t('beginning') : shortPosition(before) }),
      ...(at === undefined ? {} : { position: shortPosition(at) }),
    });
  };
  return (
    <div className="flex flex-col gap-3">
      <div
        role="status"
        className={`rounded-md p-3 text-sm ${intact ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}
      >
        <h3 className="flex items-center gap-2 font-semibold">
          <Icon size={18} aria-hidden /> {intact ? t('intact') : t('broken', { count: faultCount })}
        </h3>
        <p>
          {t(question.stream === undefined ? 'provenLog' : 'provenStream', {
            events: format.number(events, 0),
            streams: format.number(streams, 0),
            stream: question.stream,
          })}
        </p>
        {question.expect !== undefined && intact && (
          <p>{t('notedMet', { position: shortPosition(question.expect.position) })}</p>
        )}
        {!complete && <p>{t('incomplete')}</p>}
      </div>
      <dl className="text-sm">
        <dt className="text-muted">{t(intact ? 'noteThis' : 'asItIs')}</dt>
        <dd className="font-mono text-xs break-all">{noted}</dd>
      </dl>
      <div className="flex flex-wrap gap-2">
        {copy && <Button onClick={() => copy(JSON.stringify(proof, null, 2))}>{t('copy')}</Button>}
        <Button onClick={() => downloadJson(`${t('proofFile')}-${position}`, proof)}>{t('downloadJson')}</Button>
      </div>
      {faults.length > 0 && (
        <DataTable
          caption={t('faults')}
          rows={faults}
          rowKey={({ position: at = '', fault }) => `${at} ${fault}`}
          columns={[
            { id: 'fault', header: t('fault'), cell: toldFault, csv: toldFault },
            { id: 'stream', header: t('stream'), cell: (row) => row.stream ?? '–', csv: (row) => row.stream },
            {
              id: 'position',
              header: t('position'),
              cell: ({ stream, position: at }) => {
                if (at === undefined) return '–';
                if (stream === undefined) return shortPosition(at);
                return (
                  <Link to="/audit" search={{ stream, position: at }} className="text-accent underline">
                    {shortPosition(at)}
                  </Link>
                );
              },
              csv: (row) => row.position,
            },
          ]}
        />
      )}
    </div>
  );
}
