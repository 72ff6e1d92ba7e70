// The page that travels in every packet, in a real headless Chromium, opened from disk as a stranger would: packets that the
// Rust example writes must be shown as intact, touched ones with what was touched by name, and axe must find nothing.
//
//   node tests/interop/verify-page.mjs WRITE_PACKET [CREDENTIALS]
//
// WRITE_PACKET is the built example `write_packet` of cairn-proof, CREDENTIALS a folder in which each file is a credential that
// is valid for its own key. Prints one line a case; exits 1 where one is not as it should be, 3 where there is no Chromium.
// Screenshots go to target/screenshots.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { unzipSync, zipSync } from 'fflate';
import { Builder, By, until } from 'selenium-webdriver';
import chrome from 'selenium-webdriver/chrome.js';

const project = join(dirname(fileURLToPath(import.meta.url)), '../..');
const pageFile = join(project, 'src-tauri/crates/cairn-proof/verify-page/verify.html');
const fixture = join(project, 'src-tauri/crates/cairn-proof/tests/fixtures/digitalbazaar-eddsa-jcs-2022.json');
const coSigned = join(project, 'src-tauri/crates/cairn-proof/tests/fixtures/digitalbazaar-eddsa-rdfc-2022-co-signed.json');
const pictures = join(project, 'target/screenshots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = 20_000;

const [writePacket, folder] = process.argv.slice(2);
const programs = ['chromium', 'chromium-browser', 'google-chrome'].flatMap(name => ['/usr/bin', '/usr/local/bin'].map(at => join(at, name)));
const binary = programs.find(existsSync);
const driverBinary = ['/usr/bin/chromedriver', '/usr/local/bin/chromedriver'].find(existsSync);
if (!binary || !driverBinary) {
  console.error('verify-page: no chromium with its driver here (Debian: chromium, chromium-driver)');
  process.exit(3);
}
const home = mkdtempSync(join(tmpdir(), 'cairn-page-'));
const options = new chrome.Options().setChromeBinaryPath(binary);
options.addArguments('--headless=new', '--no-sandbox', '--disable-gpu', '--window-size=1000,1200', `--user-data-dir=${join(home, 'profile')}`);
// Whatever the page would ask for over the network ends nowhere.
options.addArguments('--host-resolver-rules=MAP * ~NOTFOUND', '--disable-background-networking');
const driver = await new Builder()
  .forBrowser('chrome')
  .setChromeOptions(options)
  .setChromeService(new chrome.ServiceBuilder(driverBinary))
  .build();
let failed = false;
try {
  await run();
} finally {
  await driver.quit();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(failed ? 1 : 0);

async function run() {
  mkdirSync(pictures, { recursive: true });
  const credentials = folder ? readdirSync(folder).map(name => join(folder, name)) : [];
  const enclosed = [fixture, ...credentials].map(path => `credential=${path}`);
  const packet = join(home, 'ada.cairn');
  execFileSync(writePacket, [packet, ...enclosed]);
  const good = readFileSync(packet);
  const files = unzipSync(good);
  const touched = (name, change) => zipSync({ ...files, [name]: change(Buffer.from(files[name])) }, { level: 0 });
  const credential = Object.keys(files).find(name => name.startsWith('credentials/01'));

  await theme('light');
  await open();
  await clean('the empty page');
  await picture('verify-page-empty');

  await is('a packet as it was written', good, async shown => {
    assert.match(shown, /^Intact$/m);
    assert.match(shown, /exactly as its owner signed it/);
    assert.match(shown, /Signed by\s*Ada Example/);
    assert.match(shown, /Alumni Credential/);
    const verdicts = await texts('.item > .top .verdict');
    assert.deepEqual([...new Set(verdicts)], ['✓ Valid'.replace(' ', '')].map(word => verdicts.find(found => found.replace(/\s/g, '') === word) ?? word));
    assert.equal(verdicts.length, enclosed.length);
    assert.match(shown, /Not signed on its own/);
    await clean('the page of an intact packet');
    await picture('verify-page-intact');
    await driver.executeScript('for (const one of document.querySelectorAll("details")) one.open = true;');
    await clean('the page with everything open');
  });
  await is('evidence that was changed', touched('resume.pdf', bytes => Buffer.concat([bytes, Buffer.from('x')])), async shown => {
    assert.match(shown, /Changed since it was signed/);
    assert.match(shown, /resume\.pdf was changed/);
    assert.doesNotMatch(shown, /What the résumé says/);
    await clean('the page of a changed packet');
    await picture('verify-page-changed');
  });
  await is('a file that was taken out', zipSync(without(files, 'resume.json'), { level: 0 }), shown => assert.match(shown, /resume\.json is missing/));
  await is('a file that was added', zipSync({ ...files, 'extra.txt': Buffer.from('x') }), shown => assert.match(shown, /extra\.txt was added/));
  await is('a manifest that was changed', touched('manifest.json', bytes => replaced(bytes, 'Ada Example', 'Eve Example')), shown => {
    assert.match(shown, /manifest\.json was changed/);
  });
  await is('a manifest with a member twice', touched('manifest.json', bytes => replaced(bytes, '{', '{"name":"x",')), shown => {
    assert.match(shown, /manifest\.json was changed/);
  });
  await is('a credential that was changed', touched(credential, bytes => replaced(bytes, 'Alumni', 'Alumnus')), shown => {
    assert.match(shown, /credentials\/01\S* was changed/);
  });
  await is('a packet cut short', good.subarray(0, good.length - 400), shown => assert.match(shown, /cut short, damaged/));
  await is('another archive', zipSync({ 'notes.txt': Buffer.from('x') }), shown => assert.match(shown, /not a Cairn packet/));
  await is('no archive at all', Buffer.from('<script>alert(1)</script>'), shown => assert.match(shown, /damaged or no packet/));
  await is('a name that leads out', zipSync({ ...files, '../x': Buffer.from('x') }), shown => assert.match(shown, /built to mislead/));

  // A packet is what its owner signed; what others signed inside it stands or falls alone.
  const broken = join(home, 'broken.json');
  const wrong = join(home, 'wrong.cairn');
  const cases = {
    'a credential changed before it was packed': [text => text.replaceAll('Alumni', 'Alumnus'), /changed after it was signed/],
    'a credential with a word added': [text => text.replace('"credentialSubject"', '"madeUp": 1, "credentialSubject"'), /Not valid/],
    'a credential with a member twice': [text => text.replace('"credentialSubject"', '"issuer": "x", "credentialSubject"'), /more than one way/],
    'a credential with a null': [text => text.replace('"credentialSubject"', '"x": null, "credentialSubject"'), /more than one way/],
    'a credential of an issuer not at hand': [text => text.replaceAll(/did:key:z6Mk\w+/g, 'did:web:school.example'), /only did:web:school.example can say/],
    'a hostile title': [text => text.replace('"Alumni Credential', '"<img src=x onerror=alert(1)>\\u202e'), /<img src=x onerror=alert\(1\)>/],
  };
  for (const [what, [change, expected]] of Object.entries(cases)) {
    writeFileSync(broken, change(readFileSync(fixture, 'utf8')));
    execFileSync(writePacket, [wrong, `credential=${broken}`]);
    await is(what, readFileSync(wrong), shown => {
      assert.match(shown, /^Intact$/m);
      assert.match(shown, expected);
      assert.doesNotMatch(shown, /\u202e/);
    });
  }

  // A second signature beside the issuer's.
  writeFileSync(broken, readFileSync(coSigned));
  execFileSync(writePacket, [wrong, `credential=${broken}`]);
  await is('a credential that somebody else signed as well', readFileSync(wrong), async shown => {
    assert.deepEqual(await texts('.item > .top .verdict'), ['✓\nValid']);
  });
  writeFileSync(broken, readFileSync(coSigned, 'utf8').replace(/("proofValue":"z)(.)(?!.*"proofValue")/s, (_, start, letter) => start + (letter === '5' ? '4' : '5')));
  execFileSync(writePacket, [wrong, `credential=${broken}`]);
  await is('a second signature that does not hold', readFileSync(wrong), shown => assert.match(shown, /Not valid/));

  // Keys that only the packet brings: its owner could have made them.
  const issued = join(home, 'issued');
  mkdirSync(issued);
  execFileSync(process.execPath, [join(project, 'tests/interop/issuer.mjs'), '9', issued]);
  const copies = ['key-document:did:web:localhost%3A9=did.json', 'status-list:http://localhost:9/status=status-clean.json'];
  const [keys, list] = copies.map(copy => copy.replace(/=(.*)$/, (_, name) => `=${join(issued, name)}`));
  execFileSync(writePacket, [wrong, `credential=${join(issued, 'credential.json')}`, keys, list]);
  await is('a credential whose key only the packet brings', readFileSync(wrong), shown => {
    assert.match(shown, /by the copy of did:web:localhost%3A9’s keys that came in this packet/);
    assert.match(shown, /Backed by “Crane operator[^”]*”, signed by The Harbour School, by a copy of their keys that came in this packet/);
    assert.match(shown, /own words, beside “Crane operator[^”]*”, signed by The Harbour School.*Not signed there: “Holds credential.json”/);
    assert.doesNotMatch(shown, /Signed by The Harbour School/);
    assert.doesNotMatch(shown, /The text is as The Harbour School signed it/);
  });
  const foreign = join(issued, 'foreign.json');
  writeFileSync(foreign, readFileSync(fixture));
  execFileSync(writePacket, [wrong, `credential=${join(issued, 'credential.json')}`, keys, `status-list:http://localhost:9/status=${foreign}`]);
  await is('a status list that somebody else signed', readFileSync(wrong), shown => assert.match(shown, /Whether the issuer took it back cannot be told/));

  await theme('dark');
  await is('a packet in the dark', good, async () => {
    await clean('the dark page');
    await picture('verify-page-intact-dark');
  });
  await is('a changed packet in the dark', touched('resume.pdf', bytes => replaced(bytes, 'sample', 'simple')), async () => {
    await clean('the dark page of a changed packet');
    await picture('verify-page-changed-dark');
  });
  await driver.manage().window().setRect({ width: 400, height: 900 });
  await is('a packet on a narrow screen', good, async () => {
    await picture('verify-page-narrow');
    const wide = await driver.executeScript('return document.documentElement.scrollWidth - document.documentElement.clientWidth;');
    assert.equal(wide, 0, 'nothing runs out of the page');
  });
  const asked = await driver.executeScript('return performance.getEntriesByType("resource").map(one => one.name);');
  assert.deepEqual(asked, [], 'the page asks for nothing');
  const said = (await driver.manage().logs().get('browser')).map(({ message }) => message);
  assert.deepEqual(said, [], 'nothing is refused or thrown');
}

async function open() {
  await driver.get(pathToFileURL(pageFile).href);
}

/** Gives the page a file, and `check` what it then says. */
async function is(what, bytes, check) {
  const file = join(home, 'given.cairn');
  writeFileSync(file, bytes);
  try {
    await open();
    await driver.findElement(By.id('file')).sendKeys(file);
    await driver.wait(until.elementLocated(By.css('#report > *')), PATIENCE);
    const focused = await driver.executeScript('return document.activeElement.id;');
    assert.equal(focused, 'verdict', 'the verdict has the focus');
    await check(await driver.findElement(By.css('main')).getText());
    console.log(`ok    ${what}`);
  } catch (error) {
    failed = true;
    console.log(`WRONG ${what}: ${error.message}`);
    await picture('verify-page-wrong');
  }
}

async function texts(selector) {
  return Promise.all((await driver.findElements(By.css(selector))).map(element => element.getText()));
}

/** axe with every rule finds nothing. */
async function clean(where) {
  await driver.executeScript(axe);
  const { violations } = await driver.executeAsyncScript('const done = arguments[0]; axe.run(document).then(done);');
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  assert.deepEqual(told, [], `axe finds nothing on ${where}`);
}

async function theme(value) {
  await driver.sendDevToolsCommand('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}

async function picture(name) {
  const height = await driver.executeScript('return Math.min(document.documentElement.scrollHeight, 3000);');
  const { width } = await driver.manage().window().getRect();
  await driver.sendDevToolsCommand('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  writeFileSync(join(pictures, `${name}.png`), await driver.takeScreenshot(), 'base64');
  await driver.sendDevToolsCommand('Emulation.clearDeviceMetricsOverride', {});
}

function without(files, name) {
  return Object.fromEntries(Object.entries(files).filter(([other]) => other !== name));
}

function replaced(bytes, from, to) {
  const text = bytes.toString('utf8').replace(from, to);
  assert.notEqual(text, bytes.toString('utf8'), `${from} stands in it`);
  return Buffer.from(text);
}
