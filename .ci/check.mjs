// Runs every `check:*` script of package.json, all of them even when one fails, and says how each went.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const only = process.argv.slice(2);
const gates = Object.keys(scripts).filter(
  (name) => name.startsWith('check:') && (!only.length || only.includes(name)),
);
let failed = 0;

for (const gate of gates) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', gate], { encoding: 'utf8' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (status !== 0) {
    failed += 1;
    console.log(`${stdout}${stderr}`.trim());
  }
  console.log(`${status === 0 ? 'ok' : 'not ok'} gate ${gate} (${seconds} s)`);
}

process.exitCode = failed === 0 && gates.length > 0 ? 0 : 1;
