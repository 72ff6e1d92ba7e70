// The ZIP around a packet, opened as if a stranger had built it to do harm, with zip.js in its strict mode: two names that are
// one, entries over each other, or headers that disagree are refused.
import { BlobReader, Writer, ZipReader, configure } from '@zip.js/zip.js/lib/zip-core-native.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hex } from './encoding.js';
import { shown } from './reason.js';

configure({ useWebWorkers: false, useCompressionStream: true });

const MAX_FILES = 10_001;
const MAX_FILE_BYTES = 2 * 1024 ** 3;
const MAX_TOTAL_BYTES = 64 * 1024 ** 3;
const MAX_RATIO = 100;
const RATIO_FREE_BYTES = 1024 * 1024;
/** Most bytes that are taken into memory at once; larger files are only digested. */
export const MAX_KEPT_BYTES = 16 * 1024 * 1024;

/** Why an archive is not read. `kind` is `damaged` or `hostile`. */
export class ArchiveError extends Error {
  constructor(kind, fault) {
    super(fault);
    this.kind = kind;
  }
}

/** The files of an archive by name, its whole directory checked. */
export async function open(file) {
  const reader = new ZipReader(new BlobReader(file), { strictness: 'strict', checkSignature: true, checkOverlappingEntry: true });
  const entries = new Map();
  const folded = new Set();
  let total = 0;
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entries.size >= MAX_FILES) throw new ArchiveError('hostile', 'it holds too many files');
      total += entry.uncompressedSize;
      const name = checked(entry, total);
      if (entry.directory) continue;
      if (folded.has(name.toLowerCase())) throw new ArchiveError('hostile', `${shown(name)} stands in it twice`);
      folded.add(name.toLowerCase());
      entries.set(name, entry);
    }
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw refused(error);
  }
  return entries;
}

function checked(entry, total) {
  let name;
  try {
    name = new TextDecoder('utf-8', { fatal: true }).decode(entry.rawFilename);
  } catch {
    throw new ArchiveError('hostile', 'it names a file in no known letters');
  }
  const quoted = shown(name);
  const path = entry.directory ? name.replace(/\/$/, '') : name;
  const misleads = /[\p{Cc}\u061c\ufeff\u200b-\u200f\ufff9-\ufffb\u2028-\u202e\u2060-\u206f\\:*?"<>|]/u.test(path);
  const leadsOut = path.split('/').some(part => part === '' || part === '.' || part === '..');
  if (misleads || leadsOut || entry.rawFilename.length > 240) throw new ArchiveError('hostile', `the name “${quoted}” is not one of a file`);
  if (entry.encrypted || entry.symlink) throw new ArchiveError('hostile', `${quoted} is a link or encrypted`);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw new ArchiveError('damaged', `${quoted} is packed in a way that packets do not use`);
  }
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size > MAX_FILE_BYTES || total > MAX_TOTAL_BYTES || (size > RATIO_FREE_BYTES && size / MAX_RATIO > packed)) {
    throw new ArchiveError('hostile', `${quoted} unpacks to more than a packet may hold`);
  }
  return name;
}

/** The SHA-256 of an entry in hexadecimal digits and, where it is small enough and asked for, its bytes; `{}` where it is broken. */
export async function content(entry, { keep = false } = {}) {
  const sink = new Sink(entry.uncompressedSize, keep && entry.uncompressedSize <= MAX_KEPT_BYTES);
  try {
    await entry.getData(sink);
  } catch (error) {
    if (error?.name === 'NotReadableError') throw error;
    return {};
  }
  return sink.taken === entry.uncompressedSize ? { digest: hex(sink.hash.digest()), bytes: sink.bytes } : {};
}

/** Takes what zip.js unpacks: digests it, keeps it if told to, and stops where there is more than the directory said. */
class Sink extends Writer {
  hash = sha256.create();
  taken = 0;
  #limit;
  constructor(limit, keep) {
    super();
    this.#limit = limit;
    this.bytes = keep ? new Uint8Array(limit) : undefined;
  }
  async writeUint8Array(chunk) {
    if (this.taken + chunk.length > this.#limit) throw new Error('larger than it says');
    this.hash.update(chunk);
    this.bytes?.set(chunk, this.taken);
    this.taken += chunk.length;
  }
}

function refused(error) {
  const text = String(error?.message ?? error);
  const hostile = /ambigu|overlap|duplicate|mismatch|unsafe/i.test(`${text} ${error?.code ?? ''}`);
  return new ArchiveError(hostile ? 'hostile' : 'damaged', shown(text));
}
