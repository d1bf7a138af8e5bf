// Adds to package-lock.json the optional packages of other platforms that npm left out.
//
// A registry mirror may lack the prebuilt packages of platforms that it has no users on. npm then leaves them out of the
// lock file, and `npm ci` refuses that lock ("Missing: @biomejs/cli-darwin-arm64@… from lock file"). With an entry for each
// (version, os and cpu; no hash) `npm ci` works where they are missing and where they are needed.
// Run it after every change of dependencies: `node scripts/complete-lock.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const packages = lock.packages;

const systems = {
  darwin: 'darwin',
  macos: 'darwin',
  linux: 'linux',
  linuxmusl: 'linux',
  win32: 'win32',
  windows: 'win32',
  win: 'win32',
  android: 'android',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  sunos: 'sunos',
  aix: 'aix',
  openharmony: 'openharmony',
};
const processors = {
  x64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  armv7: 'arm',
  ia32: 'ia32',
  x32: 'ia32',
  ppc64: 'ppc64',
  ppc64le: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
  mips64el: 'mips64el',
  wasm32: 'wasm32',
};

let added = 0;
for (const [place, entry] of Object.entries({ ...packages })) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(place, name)) continue;
    const missing = entryOf(name, range, entry);
    if (!missing) {
      console.warn(`left out: ${name}@${range}, needed by ${place || 'the project'}`);
      continue;
    }
    packages[`node_modules/${name}`] = missing;
    added += 1;
  }
}
// Addresses differ from registry to registry; the hashes are what counts.
for (const entry of Object.values(packages)) delete entry.resolved;
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`added ${added} entries`);

/** Whether `name`, as the package at `place` would find it, is in the lock: beside it, or in a folder above. */
function isLocked(place, name) {
  for (let folder = place; ; ) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
    if (!folder) return false;
    folder = folder.includes('/node_modules/') ? folder.slice(0, folder.lastIndexOf('/node_modules/')) : '';
  }
}

function entryOf(name, range, { dev }) {
  const words = name.split(/[/@._-]+/);
  const os = words.map((word) => systems[word]).find(Boolean);
  const cpu = words.map((word) => processors[word]).find(Boolean);
  const version = /^[\^~]?(\d[\w.+-]*)$/.exec(range)?.[1];
  if ((!os && !cpu) || !version) return undefined;
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(dev ? { dev: true } : {}),
    ...(os === 'linux' ? { libc: [name.includes('musl') ? 'musl' : 'glibc'] } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}
