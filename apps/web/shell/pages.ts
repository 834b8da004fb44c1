import {
  ChartColumn,
  ClipboardCheck,
  Columns3,
  FileInput,
  Filter,
  List,
  Scale,
  ServerCog,
  type LucideIcon,
} from 'lucide-react';
import { useSearch, type LinkProps } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMay, type Right } from '../api/me.ts';

/** The pages of the navigation; `g` and then the key goes there. */
export interface Page {
  readonly to: NonNullable<LinkProps['to']>;
  readonly text: 'board' | 'deals' | 'funnel' | 'forecast' | 'winLoss' | 'audit' | 'operations' | 'imports';
  readonly icon: LucideIcon;
  readonly key: string;
  /** Whether it is about one pipeline, which stays the same on the way there. */
  readonly ofPipeline?: true;
  /** What it takes to see anything there. */
  readonly needs?: Right;
}

const PAGES: readonly Page[] = [
  { to: '/board', text: 'board', icon: Columns3, key: 'b', ofPipeline: true },
  { to: '/deals', text: 'deals', icon: List, key: 'd', ofPipeline: true },
  { to: '/funnel', text: 'funnel', icon: Filter, key: 'f', ofPipeline: true },
  { to: '/forecast', text: 'forecast', icon: ChartColumn, key: 'c', ofPipeline: true },
  { to: '/win-loss', text: 'winLoss', icon: Scale, key: 'w', ofPipeline: true },
  { to: '/audit', text: 'audit', icon: ClipboardCheck, key: 'a', needs: 'read_audit' },
  { to: '/imports', text: 'imports', icon: FileInput, key: 'i', needs: 'read_imports' },
  { to: '/operations', text: 'operations', icon: ServerCog, key: 'o' },
];

/** The pages that show something to whoever uses them, with what their addresses keep of the one that is open. */
export function usePages(): readonly (Page & { readonly search: { readonly pipeline?: string } })[] {
  const may = useMay();
  const { pipeline } = useSearch({ strict: false });
  return useMemo(
    () =>
      PAGES.filter(({ needs }) => needs === undefined || may(needs)).map((page) => ({
        ...page,
        search: page.ofPipeline && pipeline !== undefined ? { pipeline } : {},
      })),
    [may, pipeline],
  );
}
