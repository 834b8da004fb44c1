/**
 * Draws what a command printed as an image of a terminal:
 * `npx dealtrail funnel | node scripts/docs-terminal-image.ts 'npx dealtrail funnel' > docs/images/funnel.svg`
 */
import { text } from 'node:stream/consumers';

const SIZE = 13;
const LINE = 19;
const CHARACTER = 7.83;
const MARGIN = 20;

const escapes: readonly (readonly [character: string, escaped: string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
];

export function terminalImage(command: string, output: string): string {
  const lines = [`$ ${command}`, '', ...output.trimEnd().split('\n')];
  const longest = Math.max(...lines.map(({ length }) => length));
  const [width, height] = [Math.ceil(longest * CHARACTER) + 2 * MARGIN, lines.length * LINE + 2 * MARGIN];
  const rows = lines.map((line, index) => {
    const colour = index === 0 ? '#8ec07c' : /^[A-Z][a-z]+ {2,}[A-Z]/.test(line) ? '#83a598' : '#ebdbb2';
    const shown = escapes.reduce((before, [character, escaped]) => before.replaceAll(character, escaped), line);
    // The length is fixed, so that columns stand under each other whatever font there is.
    const length = line === '' ? '' : ` textLength="${(line.length * CHARACTER).toFixed(1)}"`;
    return `<text x="${MARGIN}" y="${MARGIN + SIZE + index * LINE}" fill="${colour}"${length} xml:space="preserve">${shown}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${SIZE}">
<rect width="${width}" height="${height}" rx="8" fill="#282828"/>
${rows.join('\n')}
</svg>
`;
}

if (import.meta.main) process.stdout.write(terminalImage(process.argv[2] ?? '', await text(process.stdin)));
