import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { followEvents } from './api/live.ts';
import { queryClient } from './api/query-client.ts';
import { UndoProvider } from './history/undo-provider.tsx';
import './main.css';
import { fetchPages, router } from './router.tsx';

/** By then the first page has what it needs. */
const QUIET_MILLISECONDS = 3_000;

followEvents();
setTimeout(() => void fetchPages(), QUIET_MILLISECONDS);
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <UndoProvider>
        <RouterProvider router={router} />
      </UndoProvider>
    </QueryClientProvider>
  </StrictMode>,
);
