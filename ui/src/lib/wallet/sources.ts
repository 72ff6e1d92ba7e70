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

/** Who signed the credential behind a line: “Signed by HashiCorp (valid)”. */
function signerInWords(line: Report['lines'][number]): string {
  const by = isolated(line.by ?? '');
  if (line.by_copy && line.verdict === 'valid') return m.source_issuer_signed_by_copy({ issuer: by });
  return m.source_issuer_signed({
    issuer: line.verdict ? `${by} (${inSentence(verdicts[line.verdict].word())})` : by,
  });
}

/** The same of a line in a packet. An issuer signed what their credential says, not what the line makes of it. */
export function lineInWords(line: Report['lines'][number]): string {
  const signed = isolated(line.signed ?? '');
  const source = signerInWords(line);
  const parts = line.own.map(part => `“${isolated(part)}”`).join(', ');
  const whole = (text: string) => (parts ? m.source_not_signed_there({ source: text, parts }) : text);
  switch (line.provenance) {
    case 'issuer-signed':
      return whole(line.signed ? m.source_backed({ signed, source }) : source);
    case 'self-signed':
      return parts ? whole(m.source_beside({ signed, source })) : m.source_holder_signed();
    default:
      return m.source_unsigned();
  }
}
