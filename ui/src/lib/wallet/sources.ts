/** Issuer-signed, self-signed or unsigned, and by what, in words. */
import type { LineSource, Report } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { verdicts } from '$lib/verdict/verdicts';
import { isolated } from '$lib/words/foreign';
import { inSentence } from '$lib/words/locale';

type SignedBy = LineSource['by'][number];

/** Whether a credential signs for what the record says. */
const counts = (by: SignedBy) => by.signed && by.differs.length === 0;

/** One credential that speaks of a record: “Signed by HashiCorp (valid)”. */
export function signedByInWords({ issuer: name, own, verdict }: SignedBy): string {
  const issuer = isolated(name);
  if (verdict === null) return own ? m.source_self_signed() : m.sources_by_unchecked({ issuer });
  const word = inSentence(verdicts[verdict].word());
  return own ? m.sources_by_you({ verdict: word }) : m.sources_by({ issuer, verdict: word });
}

/** Why a credential does not sign for what the record says, where it does not. */
export function otherwiseInWords(by: SignedBy): string | undefined {
  if (!by.signed) return m.sources_counts_not();
  return by.differs.length > 0 ? m.sources_says_otherwise() : undefined;
}

/** “Signed by HashiCorp (valid)”. */
export function sourceInWords(source: LineSource): string {
  switch (source.kind) {
    case 'issuer-signed': {
      const by = source.by
        .filter(by => counts(by) && !by.own)
        .map(({ issuer: name, verdict }) => {
          const issuer = isolated(name);
          return verdict ? `${issuer} (${inSentence(verdicts[verdict].word())})` : issuer;
        });
      return m.source_issuer_signed({ issuer: [...new Set(by)].join(', ') });
    }
    case 'self-signed':
      return m.source_self_signed();
    default: {
      const behind = behindInOtherWords(source);
      if (!behind) return m.source_unsigned();
      const [title, by] = [isolated(behind.title), inSentence(signedByInWords(behind))];
      return m.source_unsigned_behind({ title, by });
    }
  }
}

/** A credential that was signed for other words than the record's. */
export const behindInOtherWords = (source: LineSource): SignedBy | undefined =>
  source.by.find(by => by.signed && by.differs.length > 0);

/** The verdict that a record's mark shows: the weakest of those that sign for it. */
export const verdictOf = (source: LineSource): SignedBy['verdict'] => {
  const all = source.by.filter(by => counts(by) && !by.own);
  return (all.find(by => by.verdict !== 'valid') ?? all[0])?.verdict ?? null;
};

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
