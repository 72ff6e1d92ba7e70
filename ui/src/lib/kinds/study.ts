/** Study: weekly sprints, blocks in a week, deadlines. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { KindSpec } from './spec';

const sprintStatuses = { planned: m.status_planned, reached: m.status_reached, missed: m.status_missed };
const blockStatuses = { planned: m.status_planned, kept: m.status_kept, missed: m.status_missed };
const deadlineSorts = {
  submission: m.deadline_submission,
  assessment: m.deadline_assessment,
  enrolment: m.deadline_enrolment,
  payment: m.deadline_payment,
  other: m.choice_other,
};

export const sprint: KindSpec = {
  ...faces.sprint,
  title: { path: '/goal', hint: m.sprint_title_hint },
  heading: [{ path: '/status', label: m.field_status, as: 'choice', choices: sprintStatuses }],
  fresh: { status: 'planned', weeks: 1 },
  sections: [
    {
      fields: [
        { path: '/start', label: m.field_first_day, as: 'date', always: true },
        { path: '/weeks', label: m.field_weeks, as: 'number', unit: m.unit_weeks, whole: true, always: true },
        { path: '/credential', label: m.field_credential, as: 'link', to: 'credential', always: true },
        { path: '/outcome', label: m.field_outcome, as: 'prose', hint: m.sprint_outcome_hint, always: true },
      ],
    },
  ],
  relatedTitle: m.section_time,
  related: [{ kind: 'study-block', field: 'sprint', label: m.related_blocks, add: m.related_blocks_add, always: true }],
  statuses: sprintStatuses,
  orders: ['date', 'title', 'updated', 'status'],
  empty: {
    what: m.sprint_empty_what,
    why: m.sprint_empty_why,
    example: { name: m.sprint_example, says: m.sprint_example_says },
  },
};

export const studyBlock: KindSpec = {
  ...faces['study-block'],
  title: { path: '/title', hint: m.study_block_title_hint },
  heading: [{ path: '/status', label: m.field_status, as: 'choice', choices: blockStatuses }],
  fresh: { status: 'planned', minutes: 50 },
  sections: [
    {
      fields: [
        { path: '/start', label: m.field_begins, as: 'date-time', always: true },
        { path: '/minutes', label: m.field_minutes, as: 'number', unit: m.unit_minutes, whole: true, always: true },
        { path: '/sprint', label: m.field_sprint, as: 'link', to: 'sprint', always: true },
        { path: '/credential', label: m.field_credential, as: 'link', to: 'credential', always: true },
        { path: '/notes', label: m.field_notes, as: 'prose', hint: m.notes_hint },
      ],
    },
  ],
  statuses: blockStatuses,
  orders: ['date', 'title', 'updated', 'status'],
  empty: {
    what: m.study_block_empty_what,
    why: m.study_block_empty_why,
    example: { name: m.study_block_example, says: m.study_block_example_says },
  },
};

export const deadline: KindSpec = {
  ...faces.deadline,
  title: { path: '/title', hint: m.deadline_title_hint },
  heading: [{ path: '/type', label: m.field_type, as: 'choice', choices: deadlineSorts }],
  fresh: { type: 'submission' },
  sections: [
    {
      fields: [
        { path: '/date', label: m.field_due, as: 'date', always: true },
        { path: '/done', label: m.field_done, as: 'flag', always: true },
        { path: '/credential', label: m.field_credential, as: 'link', to: 'credential', always: true },
        { path: '/notes', label: m.field_notes, as: 'prose', hint: m.notes_hint },
      ],
    },
  ],
  statuses: { open: m.status_open, done: m.status_done },
  sorts: deadlineSorts,
  orders: ['date', 'title', 'updated', 'status', 'sort'],
  empty: {
    what: m.deadline_empty_what,
    why: m.deadline_empty_why,
    example: { name: m.deadline_example, says: m.deadline_example_says },
  },
};
