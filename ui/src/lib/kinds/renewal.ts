/** Activities that earn continuing-education credits towards keeping a credential. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { KindSpec } from './spec';

const statuses = { planned: m.status_planned, done: m.status_done, reported: m.status_reported };

const sorts = {
  course: m.activity_course,
  webinar: m.activity_webinar,
  conference: m.activity_conference,
  teaching: m.activity_teaching,
  publication: m.activity_publication,
  service: m.activity_service,
  'self-study': m.activity_self_study,
  practice: m.activity_practice,
  other: m.choice_other,
};

export const renewalActivity: KindSpec = {
  ...faces['renewal-activity'],
  title: { path: '/title', hint: m.renewal_activity_title_hint },
  heading: [
    { path: '/status', label: m.field_status, as: 'choice', choices: statuses },
    { path: '/type', label: m.field_type, as: 'choice', choices: sorts },
  ],
  fresh: { status: 'done', type: 'course' },
  sections: [
    {
      fields: [
        { path: '/date', label: m.field_date, as: 'partial-date', always: true },
        { path: '/credits', label: m.field_credits, as: 'number', always: true },
        { path: '/credential', label: m.field_counts_towards, as: 'link', to: 'credential', always: true },
        { path: '/evidence', label: m.field_proven_by, as: 'link', to: 'evidence', always: true },
        { path: '/provider', label: m.field_offered_by, as: 'line' },
        { path: '/notes', label: m.field_notes, as: 'prose', hint: m.notes_hint },
      ],
    },
  ],
  statuses,
  sorts,
  orders: ['date', 'title', 'updated', 'status', 'sort'],
  empty: {
    what: m.renewal_activity_empty_what,
    why: m.renewal_activity_empty_why,
    example: { name: m.renewal_activity_example, says: m.renewal_activity_example_says },
  },
};
