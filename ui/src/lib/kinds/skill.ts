/** Skills: technical, soft and power. What backs one is seen from the records that link to it. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { KindSpec } from './spec';

const sorts = { technical: m.skill_technical, soft: m.skill_soft, power: m.skill_power };

export const skill: KindSpec = {
  ...faces.skill,
  title: { path: '/name', hint: m.skill_title_hint },
  heading: [{ path: '/type', label: m.field_type, as: 'choice', choices: sorts }],
  fresh: { type: 'technical' },
  sections: [
    {
      fields: [
        { path: '/level', label: m.field_level, as: 'line', hint: m.skill_level_hint, always: true },
        { path: '/last_used', label: m.field_last_used, as: 'partial-date', always: true },
        { path: '/keywords', label: m.field_keywords, as: 'tags' },
      ],
    },
    { title: m.section_notes, fields: [{ path: '/notes', label: m.field_notes, as: 'prose', hint: m.notes_hint }] },
  ],
  related: [
    { kind: 'credential', field: 'skills', label: m.related_credentials, add: m.related_credentials_add, always: true },
    { kind: 'evidence', field: 'skills', label: m.related_evidence, add: m.related_evidence_add, always: true },
    { kind: 'story', field: 'skills', label: m.related_stories, add: m.related_stories_add, always: true },
    { kind: 'project', field: 'skills', label: m.related_projects, add: m.related_projects_add },
  ],
  sorts,
  orders: ['position', 'title', 'date', 'updated', 'sort'],
  empty: {
    what: m.skill_empty_what,
    why: m.skill_empty_why,
    example: { name: m.skill_example, says: m.skill_example_says },
  },
};
