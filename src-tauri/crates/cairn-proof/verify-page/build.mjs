// Builds verify.html: one file with its script, its style and Cairn's pinned JSON-LD contexts inside, and a policy that lets
// nothing else run and nothing be fetched. Run with `npm run build`; cargo takes the file as it stands.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const contexts = join(here, '../src/jsonld/contexts');

/** What the page is made from, by paths in the order of their bytes. The test in packet/page.rs makes the same digest. */
function sources() {
  const own = ['build.mjs', 'index.html', 'package-lock.json', 'package.json'].map(name => join(here, name));
  const inside = folder => readdirSync(folder).map(name => join(folder, name));
  return [...own, ...inside(join(here, 'src')), ...inside(contexts)];
}

function digestOfSources() {
  const named = sources().map(path => [relative(join(here, '..'), path).replaceAll('\\', '/'), readFileSync(path)]);
  named.sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const whole = createHash('sha256');
  for (const [name, bytes] of named) whole.update(`${name}\0${createHash('sha256').update(bytes).digest('hex')}\n`);
  return whole.digest('hex');
}

/** The contexts by URL, as a module. */
const pinned = {
  name: 'cairn-contexts',
  resolveId: id => (id === 'cairn:contexts' ? '\0cairn:contexts' : undefined),
  load(id) {
    if (id !== '\0cairn:contexts') return undefined;
    const index = JSON.parse(readFileSync(join(contexts, 'index.json'), 'utf8'));
    const document = file => JSON.parse(readFileSync(join(contexts, file), 'utf8'));
    const byUrl = index.flatMap(({ file, urls }) => urls.map(url => [url, document(file)]));
    return `export default ${JSON.stringify(Object.fromEntries(byUrl))};`;
  },
};

const built = await build({
  root: here,
  configFile: false,
  logLevel: 'warn',
  define: { 'import.meta.url': '""', 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  plugins: [pinned],
  build: { write: false, target: 'es2022', lib: { entry: join(here, 'src/main.js'), formats: ['iife'], name: 'cairn' } },
});
const [{ output }] = [built].flat();
// The page's own text must not end the script.
const script = output[0].code.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
const style = readFileSync(join(here, 'src/style.css'), 'utf8').trim();
const hash = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
const put = { POLICY: policy, SOURCES: digestOfSources(), STYLE: style, SCRIPT: script };
const page = readFileSync(join(here, 'index.html'), 'utf8').replace(/%(POLICY|SOURCES|STYLE|SCRIPT)%/g, (_, name) => put[name]);
writeFileSync(join(here, 'verify.html'), page);
console.log(`verify.html: ${(page.length / 1024).toFixed(0)} KiB`);
