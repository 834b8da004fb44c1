/**
 * Runs `npm ci` where what is installed is not what the lock asks for. Node's own modules only: this is the one file
 * that runs before anything is installed, on whatever Node the machine has.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const lock = 'package-lock.json';
const installed = 'node_modules/.package-lock.json';

/** The contents are compared and not the times, which a checkout changes without a change. */
function isInstalled() {
  if (!existsSync(installed) || !existsSync('node_modules/.bin/node')) return false;
  const there = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(JSON.parse(readFileSync(lock, 'utf8')).packages).every(
    ([path, wanted]) => path === '' || (there[path] ? there[path].version === wanted.version : wanted.optional),
  );
}

if (!isInstalled()) {
  // Tools that want a newer Node than the machine's run on the one installed here, so their warnings would mislead.
  const options = ['--no-audit', '--no-fund', '--engine-strict=false', '--loglevel=error'];
  const { status } = spawnSync('npm', ['ci', ...options], { stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
}
