/** Writes each text file of the built page once more in Brotli and in gzip, as the server sends it to browsers. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const page = 'dist/web';

for (const file of globSync('**/*.{html,js,css,svg,json}', { cwd: page })) {
  const path = join(page, file);
  const content = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(content));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
