/** How one part of a learner record belongs to another (CLR 2.0, AssociationType), in words. */
import type { HeldPage } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { isolated } from '$lib/words/foreign';

type Relation = HeldPage['relations'][number];

const words: Record<string, (names: { source: string; target: string }) => string> = {
  exactMatchOf: m.relation_same,
  isChildOf: m.relation_child,
  isParentOf: m.relation_parent,
  isPartOf: m.relation_part,
  isPeerOf: m.relation_peer,
  precedes: m.relation_precedes,
  replacedBy: m.relation_replaced,
};

/** “Arc is a part of Welding”. */
export const relationInWords = ({ kind, ...relation }: Relation): string =>
  (words[kind] ?? m.relation_related)({ source: isolated(relation.source), target: isolated(relation.target) });
