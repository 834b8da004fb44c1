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
import type { LinkProps } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useMay, type Right } from '../api/me.ts';

/** The pages of the navigation; `g` and then the key goes there. */
export interface Page {
  readonly to: NonNullable<LinkProps['to']>;
  readonly text: 'board' | 'deals' | 'funnel' | 'forecast' | 'winLoss' | 'audit' | 'operations' | 'imports';
  readonly icon: LucideIcon;
  readonly key: string;
  /** What it takes to see anything there. */
  readonly needs?: Right;
}

const PAGES: readonly Page[] = [
  { to: '/board', text: 'board', icon: Columns3, key: 'b' },
  { to: '/deals', text: 'deals', icon: List, key: 'd' },
  { to: '/funnel', text: 'funnel', icon: Filter, key: 'f' },
  { to: '/forecast', text: 'forecast', icon: ChartColumn, key: 'c' },
  { to: '/win-loss', text: 'winLoss', icon: Scale, key: 'w' },
  { to: '/audit', text: 'audit', icon: ClipboardCheck, key: 'a', needs: 'read_audit' },
  { to: '/imports', text: 'imports', icon: FileInput, key: 'i', needs: 'read_imports' },
  { to: '/operations', text: 'operations', icon: ServerCog, key: 'o' },
];

/** The pages that show something to whoever uses them. */
export function usePages(): readonly Page[] {
  const may = useMay();
  return useMemo(() => PAGES.filter(({ needs }) => needs === undefined || may(needs)), [may]);
}
