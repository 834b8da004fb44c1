import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

// The page is built beside the compiled server, which serves it. `npx vite apps/web` serves it with the API of a server
// on port 3000 behind it while it is worked on.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [tailwindcss()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: false,
    rolldownOptions: {
      onLog(level, log, report) {
        // Libraries mark what runs in browsers; here everything does.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  server: { proxy: { '/api/v1': 'http://localhost:3000' } },
});
