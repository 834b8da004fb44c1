import { Download, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { useFormat } from '../../../i18n/format.ts';
import { useTexts } from '../../../i18n/texts.ts';
import { useFieldName } from '../../../terms/field-name.ts';
import { useStatusName } from '../../../terms/status-name.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { useToldProblem } from '../../../ui/told-problem.ts';
import { downloadCsv } from '../../../ui/download.ts';
import type { DealCard } from '../api/board.ts';
import { readAllDeals } from '../api/deal-list.ts';
import type { DealListSearch } from '../board-search.ts';
import { boardTexts } from '../board.texts.ts';
import { dealCsvColumns } from './deal-csv-columns.ts';

interface DealCsvProps {
  readonly search: DealListSearch;
  readonly total: number;
  readonly stageTitle: (id: string) => string;
}

/** Saves every deal of the address as CSV, however many pages that takes; says how far it is and can be stopped. */
export function DealCsv({ search, total, stageTitle }: DealCsvProps) {
  const t = useTexts(boardTexts);
  const told = useToldProblem();
  const format = useFormat();
  const fieldName = useFieldName();
  const statusName = useStatusName();
  const [done, setDone] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const save = async (): Promise<void> => {
    const controller = new AbortController();
    stop.current = controller;
    setDone(0);
    const deals = new Map<string, DealCard>();
    try {
      for await (const { opportunities } of readAllDeals(search, controller.signal)) {
        for (const deal of opportunities) deals.set(deal.id, deal);
        setDone(deals.size);
      }
      const columns = dealCsvColumns({ t, fieldName, statusName, stageTitle });
      await downloadCsv(t('deals'), [
        columns.map(([heading]) => heading),
        ...[...deals.values()].map((deal) => columns.map(([, cell]) => cell(deal))),
      ]);
    } catch (error) {
      if (!controller.signal.aborted) toast.error(t('listFailed'), { description: told(error).said });
    } finally {
      setDone(undefined);
    }
  };
  if (done === undefined) {
    return (
      <Button look="quiet" data-print="hidden" title={t('csvHint')} onClick={() => void save()}>
        <Download size={14} aria-hidden /> {t('csv')}
      </Button>
    );
  }
  return (
    <span role="status" className="flex items-center gap-1 text-sm">
      {t('csvProgress', { done: format.number(done), total: format.number(total) })}
      <IconButton label={t('csvCancel')} onClick={() => stop.current?.abort()}>
        <X size={14} aria-hidden />
      </IconButton>
    </span>
  );
}
