/** Evidence: artifacts that show what you can do, with files kept in the vault. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { KindSpec } from './spec';

const sorts = {
  code: m.evidence_code,
  analysis: m.evidence_analysis,
  report: m.evidence_report,
  video: m.evidence_video,
  design: m.evidence_design,
  'facilitation-plan': m.evidence_facilitation_plan,
  simulation: m.evidence_simulation,
  link: m.evidence_link,
};

const settings = {
  'on-the-job': m.setting_on_the_job,
  'micro-internship': m.setting_micro_internship,
  simulation: m.setting_simulation,
  client: m.setting_client,
  volunteer: m.setting_volunteer,
  course: m.setting_course,
};

export const evidence: KindSpec = {
  ...faces.evidence,
  title: { path: '/title', hint: m.evidence_title_hint },
  heading: [
    { path: '/type', label: m.field_type, as: 'choice', choices: sorts },
    { path: '/setting', label: m.field_setting, as: 'choice', choices: settings, optional: true },
  ],
  fresh: { type: 'report' },
  sections: [
    {
      fields: [
        { path: '/date', label: m.field_made, as: 'partial-date', always: true },
        {
          path: '/description',
          label: m.field_description,
          as: 'prose',
          hint: m.evidence_description_hint,
          always: true,
        },
        { path: '/context', label: m.field_context, as: 'prose', hint: m.evidence_context_hint },
        { path: '/constraints', label: m.field_constraints, as: 'prose', hint: m.evidence_constraints_hint },
        { path: '/result', label: m.field_result, as: 'prose', hint: m.evidence_result_hint, always: true },
      ],
    },
    {
      title: m.section_proves,
      fields: [
        { path: '/claims', label: m.field_claims, as: 'lines', hint: m.evidence_claims_hint, always: true },
        { path: '/links', label: m.field_links, as: 'addresses', hint: m.address_hint },
        { path: '/credentials', label: m.field_credentials, as: 'links', to: 'credential', always: true },
        { path: '/skills', label: m.field_skills, as: 'links', to: 'skill', always: true },
        { path: '/work', label: m.field_work, as: 'links', to: 'work' },
      ],
    },
  ],
  relatedTitle: m.section_used,
  related: [
    { kind: 'endorsement', field: 'evidence', label: m.endorsement_many, add: m.endorsement_one },
    { kind: 'renewal-activity', field: 'evidence', label: m.renewal_activity_many, add: m.renewal_activity_one },
    { kind: 'story', field: 'evidence', label: m.related_stories, add: m.related_stories_add },
    { kind: 'milestone', field: 'evidence', label: m.related_milestones, add: m.related_milestones_add },
  ],
  statuses: settings,
  statusLabel: m.field_setting,
  sorts,
  orders: ['position', 'title', 'date', 'updated', 'sort'],
  empty: {
    what: m.evidence_empty_what,
    why: m.evidence_empty_why,
    example: { name: m.evidence_example, says: m.evidence_example_says },
  },
};
