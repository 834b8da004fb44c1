/** Serves a made-up company of 2,000 deals, generating it first where `data` does not exist yet. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';

const cli = 'dist/apps/cli/main.js';
const unfinished = '.cache/demo-data';

if (!existsSync('data')) {
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const sample = ['sample', '--deals', '2000', '--seed', '1', '--data', unfinished];
  const { status } = spawnSync(process.execPath, [cli, ...sample], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  // Only a complete company becomes `data`, so an interrupted demo starts over.
  renameSync(unfinished, 'data');
}

const server = spawn(process.execPath, [cli, 'serve', '--data', 'data'], { stdio: 'inherit' });
// A terminal sends SIGINT to both processes; SIGTERM comes to this one alone.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (code) => process.exit(code ?? 1));
