import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { connectionBack, useConnection } from '../api/live.ts';
import { Problem } from '../api/problem.ts';
import { queryClient } from '../api/query-client.ts';
import { useTexts } from '../i18n/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/notices.tsx';
import { shellTexts } from './shell.texts.ts';

interface PartProps {
  readonly onClose: () => void;
}

/** How to fetch each part of the pages that are there. */
const parts: (() => Promise<void>)[] = [];

/** Loads code that comes when it is wanted; without a connection waits for it, since nothing would try again. */
export async function patiently<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    return await load();
  } catch (error) {
    if (!(await connectionBack())) throw error;
    return patiently(load);
  }
}

/**
 * A dialog or form whose code comes when it is opened first, unless `fetchParts` was sooner; then it is drawn at once,
 * which React would not do with `lazy`: it keeps back for 300 ms what it has waited for.
 */
export function lazyPart<Name extends string, Props extends PartProps>(
  load: () => Promise<Readonly<Record<Name, ComponentType<Props>>>>,
  name: Name,
): ComponentType<Props> {
  const code = queryOptions({
    queryKey: ['code', name],
    queryFn: async (): Promise<ComponentType<Props>> => (await patiently(load))[name],
    staleTime: Infinity,
    gcTime: Infinity,
  });
  parts.push(async () => {
    // What was told of one that somebody has opened already stays told.
    if (!queryClient.getQueryState(code.queryKey)) await queryClient.prefetchQuery(code);
  });
  return function LazyPart(props: Props) {
    const { data: Part, error } = useQuery(code);
    const missing = useConnection() === 'lost' ? new Problem(0, {}) : error;
    if (Part) return <Part {...props} />;
    return missing && <PartMissing error={missing} onClose={props.onClose} />;
  };
}

/** Fetches the code of every part of the pages that are there. */
export function fetchParts(): void {
  for (const fetchPart of parts) void fetchPart();
}

function PartMissing({ error, onClose }: PartProps & { readonly error: Error }) {
  const t = useTexts(shellTexts);
  return (
    <Dialog open title={t('broken')} onClose={onClose}>
      <ErrorNotice error={error} />
      <Button className="ml-4" onClick={() => globalThis.location.reload()}>
        {t('reload')}
      </Button>
    </Dialog>
  );
}
