/** What is shown of verdicts and signatures in rows and lines. */
import { sources, standings, type LineSource, type Verdict } from '$lib/api';
import { Batched } from '$lib/store/batched.svelte';

/** The verdict on what an issuer signed, by credential. */
export const verdictMarks = () =>
  new Batched<Verdict>(async ids => {
    const known = (await standings(ids)).flatMap(({ credential, verdict }) =>
      verdict ? [[credential, verdict] as const] : [],
    );
    return new Map(known);
  });

/** By whom a record is signed, by record. */
export const sourceMarks = () =>
  new Batched<LineSource>(async ids => new Map((await sources(ids)).map(source => [source.record, source])));
