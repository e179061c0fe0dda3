// Adds to package-lock.json the optional packages of other platforms that npm left out because it could not fetch them;
// `npm ci` refuses a lock file without them. Run after `npm install` changed the lock: node .ci/complete-lock.mjs [folder]
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'aix',
];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'riscv64', 's390x', 'ppc64', 'loong64', 'mips64el', 'arm'];

const [, , folder = '.'] = process.argv;
const file = new URL(`../${folder}/package-lock.json`, import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));

/** Whether Node's resolution from a package's folder finds a name in the lock. */
function isLocked(from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${base ? `${base}/` : ''}node_modules/${name}`]) return true;
    if (!base.includes('/node_modules/')) return Boolean(lock.packages[`node_modules/${name}`]);
  }
}

/** A package's entry; its platform is what its name says. The order of the keys is npm's. */
function entryOf(name, range, dev) {
  const cpu = name.includes('wasm') ? 'wasm32' : PROCESSORS.find((processor) => name.includes(processor));
  const libc = name.includes('musl') ? 'musl' : name.includes('gnu') ? 'glibc' : undefined;
  const os = SYSTEMS.find((system) => name.includes(system));
  return {
    version: range.replace(/^[\^~]/, ''),
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}

let added = 0;
for (const [from, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (isLocked(from, name)) continue;
    lock.packages[`node_modules/${name}`] = entryOf(name, range, dev);
    added += 1;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${folder}/package-lock.json: ${added} optional packages of other platforms added`);
