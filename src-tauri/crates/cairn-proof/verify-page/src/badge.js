// The credential that is baked into a badge picture (Open Badges 3.0 §5.3: PNG, SVG).
import { Refusal } from './reason.js';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const latin = new TextDecoder('latin1');

/** The credential's bytes out of a picture; other bytes come back as they are. */
export function embedded(bytes) {
  if (PNG.every((byte, at) => bytes[at] === byte)) return fromPng(bytes);
  if (bytes[0] === 0x3c || (bytes[0] === 0xef && bytes[3] === 0x3c)) return fromSvg(bytes);
  return bytes;
}

function fromPng(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (latin.decode(bytes.subarray(at + 4, at + 8)) === 'iTXt') {
      const text = iTXt(data);
      if (text && found) throw new Refusal('ambiguous', { fault: 'the picture carries two credentials' });
      found ??= text;
    }
    at += 12 + length;
  }
  if (!found) throw new Refusal('not-a-credential', { what: 'a picture without an Open Badges 3.0 credential inside' });
  return found;
}

/** The text of an `openbadgecredential` chunk: keyword, 0, flag, method, language, 0, translated keyword, 0, text. */
function iTXt(data) {
  const end = data.indexOf(0);
  if (latin.decode(data.subarray(0, end)) !== 'openbadgecredential' || data[end + 1] !== 0) return undefined;
  const language = data.indexOf(0, end + 3);
  const translated = data.indexOf(0, language + 1);
  return language < 0 || translated < 0 ? undefined : data.subarray(translated + 1);
}

function fromSvg(bytes) {
  // The browser's XML reader runs nothing and fetches nothing.
  const svg = new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'image/svg+xml');
  const found = [...svg.getElementsByTagNameNS('https://purl.imsglobal.org/ob/v3p0', 'credential')];
  if (found.length > 1) throw new Refusal('ambiguous', { fault: 'the picture carries two credentials' });
  if (found.length === 0) throw new Refusal('not-a-credential', { what: 'a picture without an Open Badges 3.0 credential inside' });
  return new TextEncoder().encode((found[0].getAttribute('verify') || found[0].textContent || '').trim());
}

