/** Issuer-signed, self-signed or unsigned, and by what, in words. */
import type { LineSource } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { verdicts } from '$lib/verdict/verdicts';

/** “Signed by HashiCorp (valid)”. */
export function sourceInWords(source: LineSource): string {
  switch (source.kind) {
    case 'issuer-signed': {
      const by = source.by.map(({ issuer, verdict }) =>
        verdict ? `${issuer} (${verdicts[verdict].word().toLowerCase()})` : issuer,
      );
      return m.source_issuer_signed({ issuer: [...new Set(by)].join(', ') });
    }
    case 'self-signed':
      return m.source_self_signed();
    default:
      return m.source_unsigned();
  }
}
