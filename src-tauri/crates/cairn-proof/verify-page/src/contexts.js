// The JSON-LD contexts that Cairn knows, pinned when the page was built. Nothing is fetched.
import contexts from 'cairn:contexts';
import { Refusal, shown } from './reason.js';

const known = new Map(Object.entries(contexts));

/** Hands jsonld a context, or says which one is not known. */
export async function documentLoader(url) {
  const document = known.get(url);
  if (!document) throw new Refusal('unknown-context', { url: shown(url) });
  return { contextUrl: null, documentUrl: url, document };
}
