/** Milestones and the reflections after them. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { KindSpec } from './spec';

export const milestone: KindSpec = {
  ...faces.milestone,
  title: { path: '/title', hint: m.milestone_title_hint },
  sections: [
    {
      fields: [
        { path: '/due', label: m.field_due, as: 'partial-date', always: true },
        { path: '/reached', label: m.field_reached, as: 'partial-date', always: true },
        { path: '/evidence', label: m.milestone_evidence, as: 'link', to: 'evidence', always: true },
        { path: '/credential', label: m.milestone_credential, as: 'link', to: 'credential', always: true },
        { path: '/notes', label: m.field_notes, as: 'prose', hint: m.notes_hint },
      ],
    },
  ],
  relatedTitle: m.section_after,
  related: [
    {
      kind: 'reflection',
      field: 'milestone',
      label: m.related_reflections,
      add: m.related_reflections_add,
      always: true,
    },
  ],
  statuses: { open: m.status_open, reached: m.status_reached },
  orders: ['position', 'date', 'title', 'updated', 'status'],
  empty: {
    what: m.milestone_empty_what,
    why: m.milestone_empty_why,
    example: { name: m.milestone_example, says: m.milestone_example_says },
  },
};

export const reflection: KindSpec = {
  ...faces.reflection,
  title: { path: '/title', hint: m.reflection_title_hint },
  sections: [
    {
      fields: [
        { path: '/date', label: m.field_written, as: 'partial-date', always: true },
        { path: '/credential', label: m.reflection_credential, as: 'link', to: 'credential', always: true },
        { path: '/milestone', label: m.reflection_milestone, as: 'link', to: 'milestone', always: true },
      ],
    },
    {
      title: m.section_reflection,
      fields: [
        { path: '/can_do', label: m.reflection_can_do, as: 'prose', hint: m.reflection_can_do_hint, always: true },
        {
          path: '/used_where',
          label: m.reflection_used_where,
          as: 'prose',
          hint: m.reflection_used_where_hint,
          always: true,
        },
        { path: '/changed', label: m.reflection_changed, as: 'prose', hint: m.reflection_changed_hint, always: true },
        { path: '/metric', label: m.field_metric, as: 'metric', always: true },
        { path: '/next', label: m.reflection_next, as: 'prose', hint: m.reflection_next_hint, always: true },
      ],
    },
  ],
  freshDay: '/date',
  orders: ['date', 'title', 'updated', 'position'],
  empty: {
    what: m.reflection_empty_what,
    why: m.reflection_empty_why,
    example: { name: m.reflection_example, says: m.reflection_example_says },
  },
};
