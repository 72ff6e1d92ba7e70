// A report as a page. Foreign text only ever becomes a text node.
import { day } from './reason.js';

const WORDS = {
  valid: ['✓', 'Valid'],
  invalid: ['✕', 'Not valid'],
  expired: ['◷', 'Expired'],
  revoked: ['⊘', 'Taken back'],
  'not-yet-valid': ['◷', 'Not yet valid'],
  'cannot-check': ['?', 'Cannot be checked here'],
};
const KINDS = { issued: 'Signed by someone else', self: 'Signed by the owner', endorsement: 'Endorsement' };

/** The whole report, as elements. */
export function page(report, fileName) {
  return [summary(report, fileName), credentials(report.credentials), lines(report.lines), files(report.files)].filter(Boolean);
}

function summary(report, fileName) {
  const { sentence, next } = conclusion(report);
  const facts = report.signer && [
    ['Signed by', [name(report.signer.name || 'somebody without a name'), ' — anyone can write any name']],
    ['With the key', [h('code', {}, report.signer.id)]],
    ['On', [h('bdi', {}, report.signedOn ? day(report.signedOn) : 'no date')]],
    ['Files', [`${report.files.filter(({ state }) => state === 'intact').length} as signed`]],
  ];
  return h(
    'section',
    { class: `card summary ${report.verdict}`, 'aria-labelledby': 'verdict' },
    h('h2', { id: 'verdict', tabindex: '-1' }, h('span', { class: 'verdict' }, icon(report.verdict), headline(report))),
    h('p', { class: 'quiet' }, name(fileName), report.title ? [' — ', name(report.title)] : []),
    h('p', {}, sentence),
    differences(report),
    h('p', {}, h('strong', {}, 'Next: '), next),
    facts && h('dl', {}, ...facts.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, ...value)])),
  );
}

function headline({ code, verdict }) {
  if (code === 'intact') return 'Intact';
  return code === 'differs' ? 'Changed since it was signed' : WORDS[verdict][1];
}

function conclusion(report) {
  const again = 'Ask the sender for the file again, and do not rely on this copy.';
  switch (report.code) {
    case 'intact':
      return {
        sentence: 'Everything in this packet is exactly as its owner signed it.',
        next: 'Compare the key below with the one its owner gave you. What others signed is listed below, each with its own verdict.',
      };
    case 'differs':
      return { sentence: 'This is not what its owner signed. What is named here was changed, taken out or added:', next: again };
    case 'not-a-packet':
      return { sentence: 'This is an archive, but not a Cairn packet.', next: 'Choose the file whose name ends in .cairn.' };
    case 'archive-hostile':
      return { sentence: `The file is built to mislead its reader: ${report.fault}.`, next: 'Do not open what is inside.' };
    case 'archive-damaged':
      return { sentence: `The file is cut short, damaged or no packet at all: ${report.fault}.`, next: again };
    default:
      return { sentence: report.signed.why, next: report.signed.next };
  }
}

function differences({ changed, missing, added }) {
  const rows = [
    ['was changed', changed],
    ['is missing', missing],
    ['was added', added],
  ];
  const items = rows.flatMap(([what, names]) => names.map(file => h('li', {}, h('strong', {}, name(file)), ` ${what}`)));
  return items.length > 0 && h('div', { class: 'changed' }, h('ul', {}, ...items));
}

function credentials(found) {
  if (found.length === 0) return undefined;
  return h(
    'section',
    { 'aria-labelledby': 'credentials' },
    h('h2', { id: 'credentials' }, 'What is signed inside'),
    h('ul', { class: 'items' }, ...found.map(one => h('li', { class: 'card item' }, ...credential(one)))),
  );
}

function credential({ name: file, kind, reason, checks, told, inside, recorded }) {
  const dates = [told.from && `from ${day(told.from)}`, told.until && `until ${day(told.until)}`].filter(Boolean).join(', ');
  return [
    h('div', { class: 'top' }, h('h3', {}, name(told.name || file)), verdict(reason.verdict)),
    h('p', { class: 'quiet' }, KINDS[kind], told.issuer && [' · ', name(told.issuer)], dates && ` · ${dates}`),
    h('p', {}, h('bdi', {}, reason.why)),
    h('p', {}, h('strong', {}, 'Next: '), reason.next),
    recorded && h('p', { class: 'quiet' }, `The packet’s owner found on ${day(recorded.on)}: ${WORDS[recorded.verdict][1]}.`),
    inside.length > 0 && h('ul', { class: 'items' }, ...inside.map(inner)),
    h(
      'details',
      {},
      h('summary', {}, 'Each check', h('span', { class: 'quiet' }, ' of ', name(told.name || file))),
      h('ul', {}, ...checks.map(([part, { verdict: found, why }]) => h('li', {}, `${part}: ${WORDS[found][1]}. `, h('bdi', {}, why)))),
      h('p', { class: 'quiet' }, 'File: ', h('code', {}, name(file))),
    ),
  ];
}

function inner({ reason }) {
  return h('li', {}, verdict(reason.verdict), ' — inside it: ', h('bdi', {}, reason.why));
}

function lines(found) {
  if (found.length === 0) return undefined;
  const row = ({ text, provenance, by, verdict: backed, byCopy, signed, own, beside }) => {
    const held = provenance !== 'unsigned' && backed === 'valid' && !beside;
    const issuer = [name(by || 'an issuer'), byCopy && ', by a copy of their keys that came in this packet'];
    const quoted = own.flatMap((part, at) => [at > 0 && ', ', '“', name(part), '”']);
    const rest = own.length > 0 && ['. Not signed there: ', ...quoted];
    const credential = signed ? ['“', name(signed), '”'] : ['a credential'];
    const who = beside
      ? ['The owner’s own words, beside ', ...credential, ', signed by ', ...issuer, rest]
      : provenance === 'issuer-signed'
        ? [...(signed ? ['Backed by ', ...credential, ', signed by '] : ['Signed by ']), ...issuer, rest]
        : ['The owner’s own signature'];
    const proof =
      provenance === 'unsigned'
        ? h('span', {}, 'Not signed on its own')
        : held
          ? h('span', { class: 'verdict valid' }, icon('valid'), h('span', {}, ...who))
          : beside
            ? h('span', {}, ...who)
            : h('span', { class: 'verdict cannot-check' }, icon(backed), h('span', {}, ...who, `: ${WORDS[backed][1].toLowerCase()}`));
    return h('tr', {}, h('td', {}, name(text)), h('td', {}, proof));
  };
  return h(
    'section',
    { 'aria-labelledby': 'lines' },
    h('h2', { id: 'lines' }, 'What the résumé says, and what backs it'),
    h('p', { class: 'quiet' }, 'A signature backs what the credential says. What a line says beyond that is named beside it: those are its owner’s own words.'),
    h('table', {}, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Line'), h('th', { scope: 'col' }, 'Backed by'))), h('tbody', {}, ...found.map(row))),
  );
}

function files(found) {
  if (found.length === 0) return undefined;
  const words = { intact: 'as signed', changed: 'changed', missing: 'missing', added: 'added' };
  return h(
    'section',
    { 'aria-labelledby': 'files' },
    h('h2', { id: 'files' }, 'Files'),
    h('details', {}, h('summary', {}, `All ${found.length} files`), h('ul', {}, ...found.map(({ name: file, state }) => h('li', {}, name(file), ` — ${words[state]}`)))),
  );
}

function verdict(found) {
  return h('span', { class: `verdict ${found}` }, icon(found), WORDS[found][1]);
}

function icon(found) {
  return h('span', { 'aria-hidden': 'true' }, WORDS[found][0]);
}

/** A foreign text that keeps its direction to itself. */
function name(text) {
  return h('bdi', {}, text);
}

/** An element; its children are elements, texts, or nothing. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children.flat(2).filter(child => child !== undefined && child !== false && child !== ''));
  return element;
}
