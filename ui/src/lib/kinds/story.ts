/** STAR stories: situation, task, action, result. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { KindSpec } from './spec';

export const story: KindSpec = {
  ...faces.story,
  title: { path: '/title', hint: m.story_title_hint },
  sections: [
    {
      fields: [
        { path: '/situation', label: m.story_situation, as: 'prose', hint: m.story_situation_hint, always: true },
        { path: '/task', label: m.story_task, as: 'prose', hint: m.story_task_hint, always: true },
        { path: '/action', label: m.story_action, as: 'prose', hint: m.story_action_hint, always: true },
        { path: '/result', label: m.story_result, as: 'prose', hint: m.story_result_hint, always: true },
        { path: '/metric', label: m.field_metric, as: 'metric', always: true },
        { path: '/date', label: m.field_happened, as: 'partial-date' },
      ],
    },
    {
      title: m.section_behind,
      fields: [
        { path: '/credentials', label: m.field_credentials, as: 'links', to: 'credential', always: true },
        { path: '/evidence', label: m.field_evidence, as: 'links', to: 'evidence', always: true },
        { path: '/skills', label: m.field_skills, as: 'links', to: 'skill', always: true },
        { path: '/work', label: m.field_work, as: 'links', to: 'work' },
      ],
    },
  ],
  statuses: { measured: m.status_measured, unmeasured: m.status_unmeasured },
  orders: ['position', 'title', 'date', 'updated', 'status'],
  empty: {
    what: m.story_empty_what,
    why: m.story_empty_why,
    example: { name: m.story_example, says: m.story_example_says },
  },
};
