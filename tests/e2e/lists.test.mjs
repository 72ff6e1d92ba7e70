// Long lists made short, and short ones put in order.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { By, Cairn, Key } from './window.mjs';

const fill = [
  ['add', 'credential', { title: 'Welding', type: 'licence', status: 'earned', issued: '2024-03' }],
  ['add', 'credential', { title: 'Accounting', type: 'degree', status: 'planned', issued: '2026-01' }],
  ['add', 'credential', { title: 'Zoology', type: 'degree', status: 'earned', issued: '2025-06' }],
];

/** What the rows of the list say first, top to bottom; a heading says its status or type. */
const rows = cairn =>
  cairn.driver.executeScript(`return [...document.querySelectorAll('#page [data-row]')]
    .toSorted((one, other) => one.dataset.row - other.dataset.row).map(row => row.innerText.trim().split('\\n')[0])`);

const shows = (cairn, expected) => cairn.eventually(async () => JSON.stringify(await rows(cairn)) === JSON.stringify(expected), `the list shows ${expected.join(', ')}`);

test('a list is filtered by words and by where its records stand', async t => {
  const cairn = await Cairn.open(t, { fill });
  await cairn.go('#/credentials');
  await shows(cairn, ['Welding', 'Accounting', 'Zoology']);
  await cairn.type('/');
  await cairn.type('zoo');
  await shows(cairn, ['Zoology']);
  // Esc empties the filter and goes back to the list.
  await cairn.type(Key.ESCAPE);
  await shows(cairn, ['Welding', 'Accounting', 'Zoology']);

  await cairn.press('Show');
  await cairn.press('Earned');
  await shows(cairn, ['Welding', 'Zoology']);
  await cairn.press('Degree');
  await shows(cairn, ['Zoology']);
  await cairn.press('Earned');
  await shows(cairn, ['Accounting', 'Zoology']);
});

test('a list is ordered and grouped, and remembers it when it is come back to', async t => {
  const cairn = await Cairn.open(t, { fill });
  await cairn.go('#/credentials');
  const arrange = async choice => {
    await cairn.press('Order and group');
    await cairn.press(choice, '[role=menu]');
  };
  await arrange('Name');
  await shows(cairn, ['Accounting', 'Welding', 'Zoology']);
  await arrange('Z–A');
  await shows(cairn, ['Zoology', 'Welding', 'Accounting']);
  await arrange('Date');
  await arrange('Newest first');
  await shows(cairn, ['Accounting', 'Zoology', 'Welding']);
  await cairn.press('Order and group');
  const groups = await cairn.driver.findElements(By.css('[role=menu] [role^=menuitem]'));
  await groups.at(-2).click();
  await cairn.eventually(async () => (await rows(cairn)).length === 5, 'two headings stand over three records');
  const grouped = await rows(cairn);
  assert.ok(grouped[0].startsWith('Planned') && grouped[2].startsWith('Earned'), grouped.join(', '));
  assert.deepEqual([grouped[1], ...grouped.slice(3)], ['Accounting', 'Zoology', 'Welding']);
  await cairn.go('#/skills');
  await cairn.go('#/credentials');
  await shows(cairn, grouped);
  assert.deepEqual(await cairn.findings(), []);
});

test('entries of the profile change places by keys and by dragging', async t => {
  const work = name => ['add', 'work', { name, position: 'Engineer' }];
  const cairn = await Cairn.open(t, {
    fill: [['add', 'profile', { name: 'Ada' }], work('Acme'), work('Bell'), work('Cray')],
  });
  const kept = async () => (await cairn.cli('show', 'work')).map(({ fields }) => fields.name).join(' ');
  await cairn.go('#/profile');
  const entries = () => cairn.driver.findElements(By.css('#section-work [data-item] > div > button'));
  await cairn.eventually(async () => (await entries()).length === 3, 'three entries');
  await cairn.driver.executeScript('arguments[0].focus()', (await entries())[0]);
  await cairn.driver.actions().keyDown(Key.ALT).sendKeys(Key.ARROW_DOWN).keyUp(Key.ALT).perform();
  await cairn.eventually(async () => (await kept()) === 'Bell Acme Cray', 'moved down by a key');
  await cairn.driver.executeScript('document.activeElement.blur()');

  const [first, , last] = await entries();
  const from = await first.getRect();
  const to = await last.getRect();
  const handle = {
    x: Math.round(from.x - 8),
    y: Math.round(from.y + from.height / 2),
  };
  const mouse = cairn.driver.actions({ async: true });
  await mouse
    .move({ ...handle })
    .press()
    .move({ x: handle.x, y: Math.round(to.y + to.height / 2), duration: 200 })
    .move({ x: handle.x, y: Math.round(to.y + to.height - 2), duration: 100 })
    .release()
    .perform();
  await cairn.eventually(async () => (await kept()) === 'Acme Cray Bell', 'dragged to the end');
  await cairn.chord('z');
  await cairn.eventually(async () => (await kept()) === 'Bell Acme Cray', 'and put back');
});
