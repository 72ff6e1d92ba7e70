// The real window on a vault of its own, driven by WebKit's own WebDriver, as a person would: by pointer, keys and sight.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Builder, By, Key, until } from 'selenium-webdriver';

export { By, Key };

export const project = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = join(project, 'target/release/cairn');
const pictures = join(project, 'target/screenshots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// The window and the test that asks it what day it is share one zone, and where none is given, one in which UTC is wrong.
process.env.TZ ??= 'Europe/Berlin';

/** How long anything may take to appear, in milliseconds: a slow machine is not a mistake. */
const PATIENCE = 20_000;

/** A learner's home with a vault, and the window on it while it is open. */
export class Cairn {
  home = mkdtempSync(join(tmpdir(), 'cairn-e2e-'));
  vault = join(this.home, 'vault');
  /** @type {import('selenium-webdriver').WebDriver | undefined} */
  driver;
  #driverProcess;

  /** Opens the window for the length of a test; `fill` are commands that come before. */
  static async open(t, { fill = [] } = {}) {
    const cairn = new Cairn();
    t.after(() => cairn.end());
    for (const args of fill) await cairn.cli(...args);
    await cairn.start();
    return cairn;
  }

  #environment() {
    const { PATH, DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS } = process.env;
    const given = { DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS };
    const own = {
      HOME: this.home,
      // Programs that a test puts in the place of the system's.
      PATH: `${join(this.home, 'bin')}:${PATH}`,
      LANG: 'C.UTF-8',
      TZ: process.env.TZ,
      CAIRN_VAULT: this.vault,
      CAIRN_DIALOG_ANSWERS: join(this.home, 'answers'),
      // Tells Tauri to let the driver in.
      TAURI_AUTOMATION: 'true',
      TAURI_WEBVIEW_AUTOMATION: 'true',
      NO_AT_BRIDGE: '1',
    };
    return Object.fromEntries(Object.entries({ ...given, ...own }).filter(([, value]) => value !== undefined));
  }

  /** Starts the program under a driver. */
  async start() {
    const port = await freePort();
    this.#driverProcess = spawn('WebKitWebDriver', [`--port=${port}`], {
      env: this.#environment(),
      stdio: 'ignore',
      // A group of its own, so that a window the driver forgot ends with it.
      detached: true,
    });
    await answering(port);
    this.driver = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities({ browserName: 'wry', 'webkitgtk:browserOptions': { binary: program, args: [] } })
      .build();
    await this.driver.manage().setTimeouts({ script: PATIENCE, pageLoad: PATIENCE });
    await this.see('main');
  }

  /** Presses the button that closes the window. */
  async askToClose() {
    const running = this.running;
    if (running) await promisify(execFile)('python3', [join(project, 'tests/e2e/close-window.py'), running], { env: this.#environment() }).catch(() => undefined);
  }

  /** Closes the window as a learner would leave it: what was typed is kept. */
  async stop() {
    const leaving = this.#driverProcess && once(this.#driverProcess, 'exit');
    // The program ends once its page has saved; one that holds what cannot be kept is asked again. A driver that hangs is
    // killed below.
    for (const since = Date.now(); this.running && Date.now() - since < PATIENCE; ) {
      await this.askToClose();
      for (const asked = Date.now(); this.running && Date.now() - asked < 3_000; ) await new Promise(resolve => setTimeout(resolve, 20));
    }
    this.driver = undefined;
    try {
      if (this.#driverProcess) process.kill(-this.#driverProcess.pid, 'SIGKILL');
    } catch {
      // All of it has ended already.
    }
    await leaving;
    this.#driverProcess = undefined;
  }

  /** The process that the driver started, while it runs. */
  get running() {
    return this.#process(path => path === program);
  }

  /** Ends the process that draws the page, as a fault in the web view would. */
  failPage() {
    process.kill(Number(this.#process(path => path.endsWith('/WebKitWebProcess'))), 'SIGKILL');
  }

  /** The process of this window whose program lies at such a path, while it runs. */
  #process(isAt) {
    const group = this.#driverProcess?.pid;
    return readdirSync('/proc').find(id => {
      try {
        return /^\d+$/.test(id) && isAt(readlinkSync(`/proc/${id}/exe`)) && Number(readFileSync(`/proc/${id}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[2]) === group;
      } catch {
        return false;
      }
    });
  }

  async end() {
    await this.stop();
    // WebKit may still be writing its cache; the system clears what stays.
    try {
      rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    } catch {
      // It is in the system's own folder for what may go.
    }
  }

  /** What the system's next file dialogs will answer. */
  answer(...paths) {
    writeFileSync(join(this.home, 'answers'), paths.join('\n') + '\n');
  }

  /** Waits until the system's dialogs have given all their answers but so many, and what came of it is on the page. */
  async answered(left = 0) {
    await this.eventually(() => readFileSync(join(this.home, 'answers'), 'utf8').split('\n').length - 1 === left, 'the dialog has answered');
    await this.settled();
  }

  /** Writes a file in the learner's home and returns its path. */
  file(name, content, mode = 0o644) {
    const path = join(this.home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode });
    return path;
  }

  /** Runs the command line on the same vault, while the window is open or not, and returns what it printed. */
  async cli(...args) {
    const input = typeof args.at(-1) === 'object' ? JSON.stringify(args.pop()) : '';
    const running = promisify(execFile)(program, ['--json', ...args], { env: this.#environment(), maxBuffer: 1 << 26 });
    running.child.stdin.end(input);
    const { stdout } = await running;
    return stdout.split('\n').filter(Boolean).map(line => JSON.parse(line));
  }

  /** The titles of a kind's records as the command line tells them. */
  async titles(kind) {
    const records = await this.cli('show', kind);
    return records.map(({ fields }) => fields.title ?? fields.name ?? fields.goal ?? fields.institution ?? fields.organization ?? fields.endorser ?? fields.language);
  }

  /** Waits until `told` returns something true, and returns it. */
  async eventually(told, what) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const value = await told();
      if (value) return value;
      if (Date.now() > end) {
        await this.picture('never-happened').catch(() => undefined);
        throw new Error(`never happened: ${what ?? told}; target/screenshots/never-happened.png shows the window`);
      }
      await new Promise(resolve => setTimeout(resolve, 60));
    }
  }

  // What a learner sees and does.

  /** The first visible element by CSS. */
  async see(css) {
    const found = await this.driver.wait(until.elementLocated(By.css(css)), PATIENCE, `no ${css}`);
    await this.driver.wait(until.elementIsVisible(found), PATIENCE, `${css} is hidden`);
    return found;
  }

  /** The button or link with this name, exactly or at its beginning. */
  async named(name, within = '') {
    const script = `
      const [name, within] = arguments;
      const shown = element => element.getClientRects().length > 0;
      const called = element => (element.getAttribute('aria-label') ?? element.innerText).trim();
      const all = [...document.querySelectorAll(within + ' :is(a, button, summary, [role^=menuitem], [role=option], [role=tab], label)')].filter(shown);
      return all.find(element => called(element) === name) ?? all.find(element => called(element).startsWith(name)) ?? null;`;
    return this.eventually(() => this.driver.executeScript(script, name, within), `a button called “${name}”`);
  }

  async press(name, within) {
    // What is redrawn between seeing and pressing is looked for again.
    await this.eventually(async () => {
      try {
        await (await this.named(name, within)).click();
        return true;
      } catch (error) {
        if (/stale|not interactable|intercepted/i.test(`${error.name} ${error.message}`)) return false;
        throw error;
      }
    }, `pressing “${name}”`);
  }

  /** Waits until the page says something. */
  async reads(words, css = 'body') {
    await this.eventually(async () => (await this.text(css)).includes(words), `“${words}” in ${css}`);
  }

  async text(css = 'body') {
    return this.driver.executeScript('return document.querySelector(arguments[0])?.innerText ?? ""', css);
  }

  /** Goes to a place by its address and waits until it is drawn. */
  async go(hash) {
    await this.driver.executeScript('location.hash = arguments[0]', hash);
    await this.see('#page h1, #page h2');
    await this.settled();
  }

  /** Waits until the page has stopped changing: what it asked the vault for has arrived. */
  async settled() {
    let [before, same] = ['', 0];
    await this.eventually(async () => {
      const now = await this.driver.executeScript('return document.body.innerHTML.length + document.querySelector("#page")?.innerText');
      same = now === before ? same + 1 : 0;
      before = now;
      return same === 4;
    }, 'the page comes to rest');
  }

  /** Types to whatever has the focus. */
  async type(...keys) {
    await this.driver.actions().sendKeys(...keys).perform();
  }

  /** A key with Ctrl (and Shift) held. */
  async chord(key, ...held) {
    const actions = this.driver.actions();
    for (const modifier of [Key.CONTROL, ...held]) actions.keyDown(modifier);
    actions.sendKeys(key);
    for (const modifier of [...held, Key.CONTROL]) actions.keyUp(modifier);
    await actions.perform();
  }

  /** Writes into the field of the open record at this JSON pointer, offering it first where it is empty. */
  async fill(path, words) {
    const field = await this.see(`[data-field="${path}"] :is(input, textarea)`);
    await this.write(field, words, Key.TAB);
  }

  /** Writes over what stands in a field. */
  async write(field, ...words) {
    await field.click();
    await this.driver.executeScript('arguments[0].select()', field);
    await field.sendKeys(...words);
  }

  /** Drops files on an element as a file manager would, as far as the page can tell. */
  async drop(css, files) {
    await this.see(css);
    await this.driver.executeScript(
      `const [css, files] = arguments;
       const carried = new DataTransfer();
       for (const { name, type, base64 } of files) {
         const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
         carried.items.add(new File([bytes], name, { type }));
       }
       const target = document.querySelector(css);
       for (const type of ['dragenter', 'dragover', 'drop']) {
         target.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
       }`,
      css,
      files.map(({ name, type, bytes }) => ({ name, type, base64: Buffer.from(bytes).toString('base64') })),
    );
  }

  /** Pastes text where no field has the focus. */
  async pasteText(text) {
    await this.driver.executeScript(
      `const carried = new DataTransfer();
       carried.setData('text/plain', arguments[0]);
       document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }));`,
      text,
    );
  }

  /** Pastes files as a file manager's copy would be, as far as the page can tell. */
  async paste(files) {
    await this.driver.executeScript(
      `const carried = new DataTransfer();
       for (const { name, type, text } of arguments[0]) carried.items.add(new File([text], name, { type }));
       (document.activeElement ?? document.body).dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }));`,
      files,
    );
  }

  /** What axe-core finds on the page, shortly. */
  async findings() {
    await this.driver.executeScript(`if (!window.axe) { ${axe} }`);
    const found = await this.driver.executeAsyncScript(`
      const done = arguments[arguments.length - 1];
      axe.run(document, { resultTypes: ['violations'] }).then(
        ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(node => id + ': ' + node.html.slice(0, 160)))),
        error => done(['axe failed: ' + error]));`);
    return found;
  }

  /** Saves what the window shows to target/screenshots. */
  async picture(name) {
    mkdirSync(pictures, { recursive: true });
    // A window that the processor draws gives its picture with the next thing it draws: a point in the corner that blinks.
    await this.driver.executeScript(`
      const point = document.createElement('div');
      Object.assign(point.style, { position: 'fixed', bottom: 0, insetInlineEnd: 0, width: '1px', height: '1px', pointerEvents: 'none' });
      point.ariaHidden = 'true';
      document.documentElement.append(point);
      let dark = false;
      const blink = setInterval(() => (point.style.background = (dark = !dark) ? 'rgb(0 0 0 / 0.02)' : 'transparent'), 40);
      window.stopBlinking = () => (clearInterval(blink), point.remove());`);
    const late = new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error('the window gives no picture')).unref());
    writeFileSync(join(pictures, `${name}.png`), await Promise.race([this.driver.takeScreenshot(), late]), 'base64');
    await this.driver.executeScript('window.stopBlinking?.()');
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answering(port) {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error('WebKitWebDriver does not answer');
}
