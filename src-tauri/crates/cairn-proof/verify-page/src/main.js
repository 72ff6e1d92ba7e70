// The page: takes a file, has it checked, shows the report.
import { checkPacket } from './packet.js';
import { shown } from './reason.js';
import { h, page } from './view.js';

const at = id => document.getElementById(id);
const [drop, input, status, report] = ['drop', 'file', 'status', 'report'].map(at);
/** Which check is the latest: an earlier one that ends later is not shown. */
let turn = 0;

async function take(file) {
  const mine = (turn += 1);
  const name = shown(file.name);
  report.replaceChildren();
  report.setAttribute('aria-busy', 'true');
  say(`Checking ${name}…`);
  const progress = (entry, kind, done, all) => {
    if (mine === turn) say(kind === 'file' ? `Checking ${shown(entry)} (${done} of ${all})…` : `Checking the signature of ${shown(entry)}…`);
  };
  let shownPage;
  let words;
  try {
    const found = await checkPacket(file, new Date(), progress);
    shownPage = page(found, name);
    words = found.code === 'intact' ? `${name} is intact.` : `${name} was checked. The verdict is below.`;
  } catch (error) {
    shownPage = [h('p', { class: 'card' }, `The file could not be read: ${shown(error?.message ?? error)}. Try again, or check it with Cairn.`)];
    words = 'The file could not be read.';
  }
  if (mine !== turn) return;
  report.replaceChildren(...shownPage);
  report.removeAttribute('aria-busy');
  say(words);
  report.querySelector('h2')?.focus();
}

function say(words) {
  status.textContent = words;
}

input.addEventListener('change', () => {
  const [file] = input.files;
  if (file) take(file);
  input.value = '';
});
for (const event of ['dragenter', 'dragover']) {
  document.addEventListener(event, dragged => {
    dragged.preventDefault();
    drop.classList.add('over');
  });
}
document.addEventListener('dragleave', left => {
  if (!left.relatedTarget) drop.classList.remove('over');
});
document.addEventListener('drop', dropped => {
  dropped.preventDefault();
  drop.classList.remove('over');
  const [file] = dropped.dataTransfer.files;
  if (file) take(file);
});
