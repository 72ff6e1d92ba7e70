// How soon the window shows something useful and how much memory it takes, beside an empty Tauri window, in the same run,
// over a vault of 2,000 credentials and 10,000 pieces of evidence. Then how soon a keystroke is seen on the page of a document.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRequire } from 'node:module';

const { Builder } = createRequire(resolve('tests/e2e/window.mjs'))('selenium-webdriver');
const ROUNDS = 15;
/** Letters typed into the headline of the sample learner's two-page résumé. */
const KEYSTROKES = 25;
const cairn = resolve('target/release/cairn');
const empty = resolve('target/release/examples/empty-window');
const home = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const env = { ...process.env, HOME: home, CAIRN_VAULT: join(home, 'vault'), TAURI_AUTOMATION: 'true', TAURI_WEBVIEW_AUTOMATION: 'true' };

try {
  fill();
  const figures = { empty: [], cairn: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    figures.empty.push(await measure(empty));
    figures.cairn.push(await measure(cairn));
  }
  console.log(`${''.padEnd(44)} ${'empty'.padStart(9)} ${'Cairn'.padStart(9)} ${'ratio'.padStart(7)}  promise`);
  for (const [name, of, unit] of [['first useful paint, from the start', 'paint', 'ms'], ['memory, all processes (PSS)', 'memory', 'MiB']]) {
    const [least, ours] = [median(figures.empty.map(figure => figure[of])), median(figures.cairn.map(figure => figure[of]))];
    console.log(`${`${name} (${unit})`.padEnd(44)} ${least.toFixed(0).padStart(9)} ${ours.toFixed(0).padStart(9)} ${(ours / least).toFixed(2).padStart(7)}  ≤ 1.3`);
  }
  console.log(`${'a keystroke until the page shows it (ms)'.padEnd(44)} ${''.padStart(9)} ${median(await keystrokes()).toFixed(0).padStart(9)} ${''.padStart(7)}  ≤ 100`);
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function fill() {
  const file = join(home, 'records.json');
  const add = (kind, count) => {
    writeFileSync(file, JSON.stringify(Array.from({ length: count }, (_, n) => ({ title: `${kind} ${n}` }))));
    execFileSync(cairn, ['--json', 'add', kind, file], { env, stdio: ['ignore', 'ignore', 'ignore'], maxBuffer: 1 << 28 });
  };
  add('credential', 2_000);
  add('evidence', 10_000);
}

/** Starts a program under the driver; `paint` in milliseconds from its start, `memory` in MiB once it is drawn. */
function measure(binary) {
  return driven(binary, env, async (driver, parent) => {
    // Both say themselves when their first words were painted.
    const painted = await answered(driver, `
      const [entry] = performance.getEntriesByName('useful');
      return entry ? performance.timeOrigin + entry.startTime : null;`);
    await pause(700);
    const id = processOf(binary, parent);
    return { paint: painted - startOf(id), memory: memoryOf(id) };
  });
}

/** Milliseconds from each of some keystrokes to the frame after the page's new picture was put in its place. */
function keystrokes() {
  const own = { ...env, CAIRN_VAULT: join(home, 'sample') };
  return driven(cairn, own, async driver => {
    const press = words => answered(driver, `
      const found = [...document.querySelectorAll('button, a')].find(element => element.innerText.startsWith(arguments[0]));
      found?.click();
      return found ? true : null;`, words);
    await press('Look around');
    await answered(driver, `return document.querySelector('nav') ? true : null`);
    const [collection] = JSON.parse(`[${execFileSync(cairn, ['--json', 'show', 'collection'], { env: own, encoding: 'utf8' }).trim().split('\n').join(',')}]`);
    await driver.executeScript('location.hash = arguments[0]', `#/documents/collection/${collection.id}`);
    await answered(driver, `return document.querySelector('[data-page]')?.dataset.page ?? null`);
    await pause(1500);
    await driver.executeScript(`
      window.shownAfter = [];
      let typed = null;
      document.addEventListener('beforeinput', () => (typed = performance.now()), true);
      new MutationObserver(() => {
        if (typed === null) return;
        const since = typed;
        typed = null;
        requestAnimationFrame(() => setTimeout(() => window.shownAfter.push(performance.now() - since), 0));
      }).observe(document.querySelector('[data-page]'), { attributeFilter: ['data-page'] });
      document.querySelector('[data-field="/headline"] :is(input, textarea)').focus();`);
    const taken = [];
    for (let n = 0; n < KEYSTROKES; n += 1) {
      await driver.actions().sendKeys('abcdefghij'[n % 10]).perform();
      taken.push(await answered(driver, 'return window.shownAfter.pop() ?? null'));
    }
    return taken;
  });
}

/** What a script answers once it answers something. */
async function answered(driver, script, ...args) {
  for (let tries = 0; tries < 1000; tries += 1) {
    const answer = await driver.executeScript(script, ...args);
    if (answer !== null) return answer;
    await pause(10);
  }
  throw new Error(`no answer to ${script}`);
}

/** Runs `work` on the window of a program under the driver. */
async function driven(binary, env, work) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const driving = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore' });
  try {
    for (let tries = 0; tries < 200 && !(await fetch(`http://127.0.0.1:${port}/status`).catch(() => null)); tries += 1) await pause(25);
    const driver = await new Builder()
      .usingServer(`http://127.0.0.1:${port}`)
      .withCapabilities({ browserName: 'wry', 'webkitgtk:browserOptions': { binary, args: [] } })
      .build();
    const found = await work(driver, driving.pid);
    await driver.quit();
    return found;
  } finally {
    // The driver ends its window some time after it said so; one that is left would be raised in the place of the next.
    const windows = processes().filter(({ parent }) => parent === driving.pid);
    driving.kill('SIGKILL');
    for (const { id } of windows) {
      try {
        process.kill(id, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}

/** Every process with its parent. */
function processes() {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(id => {
      try {
        return [{ id: Number(id), parent: Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))[1]), program: readlinkSync(`/proc/${id}/exe`) }];
      } catch {
        return [];
      }
    });
}

function processOf(binary, parent) {
  return processes().find(process => process.program === binary && process.parent === parent).id;
}

/** When a process started, in milliseconds since 1970, to a clock tick (10 ms). */
function startOf(id) {
  const ticks = Number(readFileSync(`/proc/${id}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[19]);
  const boot = Number(/^btime (\d+)/m.exec(readFileSync('/proc/stat', 'utf8'))[1]);
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  // btime is in whole seconds; the uptime makes it finer.
  const began = Date.now() - uptime * 1000;
  return (Math.abs(began - boot * 1000) < 2000 ? began : boot * 1000) + ticks * 10;
}

function memoryOf(id) {
  const all = processes();
  const family = new Set([id]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const process of all) if (family.has(process.parent) && !family.has(process.id)) grown = Boolean(family.add(process.id));
  }
  let kilobytes = 0;
  for (const member of family) {
    const path = `/proc/${member}/smaps_rollup`;
    if (existsSync(path)) kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(path, 'utf8'))?.[1] ?? 0);
  }
  return kilobytes / 1024;
}

function median(figures) {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1];
}

function pause(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
