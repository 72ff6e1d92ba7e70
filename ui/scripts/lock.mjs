/**
 * Names in package-lock.json the optional parts for other systems that `npm install` left out. npm leaves out what the
 * registry at hand does not carry, and `npm ci` then refuses the whole lock. `npm run lock` after every `npm install`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));
const known = Object.keys(lock.packages);
let added = 0;

for (const { optionalDependencies = {}, dev, license } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (!/^\d/.test(version) || known.some(other => other.endsWith(`node_modules/${name}`))) continue;
    const words = name.split('/').at(-1).split('-');
    const cpu = words.filter(word => PROCESSORS.includes(word));
    const os = words.filter(word => SYSTEMS.includes(word));
    if (cpu.length + os.length === 0) continue;
    const libc = words.flatMap(word => LIBRARIES[word] ?? []);
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu.length > 0 && { cpu }),
      ...(dev && { dev }),
      ...(libc.length > 0 && { libc }),
      license,
      optional: true,
      ...(os.length > 0 && { os }),
    };
    added += 1;
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} parts for other systems added`);
