/** Issuer-signed, self-signed or unsigned, and by what, in words. */
import type { LineSource, Report } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { verdicts } from '$lib/verdict/verdicts';
import { isolated } from '$lib/words/foreign';
import { inSentence } from '$lib/words/locale';

/** One credential that speaks of a record: “Signed by HashiCorp (valid)”. */
export function signedByInWords({ issuer: name, own, verdict }: LineSource['by'][number]): string {
  const issuer = isolated(name);
  if (verdict === null) return own ? m.source_self_signed() : m.sources_by_unchecked({ issuer });
  const word = inSentence(verdicts[verdict].word());
  return own ? m.sources_by_you({ verdict: word }) : m.sources_by({ issuer, verdict: word });
}

/** “Signed by HashiCorp (valid)”. */
export function sourceInWords(source: LineSource): string {
  switch (source.kind) {
    case 'issuer-signed': {
      const by = source.by.map(({ issuer: name, verdict }) => {
        const issuer = isolated(name);
        return verdict ? `${issuer} (${inSentence(verdicts[verdict].word())})` : issuer;
      });
      return m.source_issuer_signed({ issuer: [...new Set(by)].join(', ') });
    }
    case 'self-signed':
      return m.source_self_signed();
    default:
      return m.source_unsigned();
  }
}

/** The same of a line in a packet: “Signed by HashiCorp (valid)”. */
export function lineInWords(line: Report['lines'][number]): string {
  const by = isolated(line.by ?? '');
  switch (line.provenance) {
    case 'issuer-signed':
      if (line.by_copy && line.verdict === 'valid') return m.source_issuer_signed_by_copy({ issuer: by });
      return m.source_issuer_signed({
        issuer: line.verdict ? `${by} (${inSentence(verdicts[line.verdict].word())})` : by,
      });
    case 'self-signed':
      return m.source_holder_signed();
    default:
      return m.source_unsigned();
  }
}
