/** Endorsements: what others say about a credential and what its holder can do. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { KindSpec } from './spec';

export const endorsement: KindSpec = {
  ...faces.endorsement,
  title: { path: '/endorser', hint: m.endorsement_title_hint },
  sections: [
    {
      fields: [
        { path: '/role', label: m.field_in_role, as: 'line', hint: m.endorsement_role_hint, always: true },
        { path: '/date', label: m.field_date, as: 'partial-date', always: true },
        { path: '/text', label: m.field_reference, as: 'prose', hint: m.endorsement_text_hint, always: true },
        { path: '/credential', label: m.field_credential, as: 'link', to: 'credential', always: true },
        { path: '/evidence', label: m.endorsement_evidence, as: 'link', to: 'evidence', always: true },
        { path: '/url', label: m.field_seen_at, as: 'address' },
        { path: '/notes', label: m.field_notes, as: 'prose', hint: m.notes_hint },
      ],
    },
  ],
  orders: ['position', 'date', 'title', 'updated'],
  empty: {
    what: m.endorsement_empty_what,
    why: m.endorsement_empty_why,
    example: { name: m.endorsement_example, says: m.endorsement_example_says },
  },
};
