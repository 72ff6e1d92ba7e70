/** The profile and the parts of a working life, section by section as JSON Resume names them. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { FieldSpec, KindSpec } from './spec';

const start: FieldSpec = { path: '/start', label: m.field_start, as: 'partial-date', always: true };
const end: FieldSpec = { path: '/end', label: m.field_end, as: 'partial-date', hint: m.field_end_hint, always: true };
const url: FieldSpec = { path: '/url', label: m.field_url, as: 'address' };
const summary: FieldSpec = { path: '/summary', label: m.field_summary, as: 'prose', always: true };
const highlights: FieldSpec = {
  path: '/highlights',
  label: m.field_highlights,
  as: 'lines',
  hint: m.highlights_hint,
  always: true,
};
const running = { current: m.status_current, past: m.status_past };

export const profile: KindSpec = {
  ...faces.profile,
  title: { path: '/name', hint: m.profile_title_hint },
  sections: [
    {
      fields: [
        { path: '/headline', label: m.field_headline, as: 'line', hint: m.profile_headline_hint, always: true },
        { path: '/email', label: m.field_email, as: 'email', always: true },
        { path: '/other_emails', label: m.field_other_emails, as: 'tags' },
        { path: '/phone', label: m.field_phone, as: 'line', always: true },
        { path: '/url', label: m.field_home_page, as: 'address' },
        { path: '/location/city', label: m.field_city, as: 'line', always: true },
        { path: '/location/region', label: m.field_region, as: 'line' },
        { path: '/location/country_code', label: m.field_country, as: 'line', hint: m.field_country_hint },
        { path: '/location/postal_code', label: m.field_postal_code, as: 'line' },
        { path: '/location/address', label: m.field_street, as: 'prose' },
        {
          path: '/links',
          label: m.field_accounts,
          as: 'rows',
          another: m.accounts_another,
          columns: [
            { key: 'network', label: m.accounts_network, as: 'line' },
            { key: 'username', label: m.accounts_username, as: 'line' },
            { key: 'url', label: m.field_url, as: 'address' },
          ],
        },
        { path: '/summary', label: m.field_summary, as: 'prose', hint: m.profile_summary_hint, always: true },
      ],
    },
  ],
  orders: ['position'],
  empty: { what: m.profile_empty_what, why: m.profile_empty_why },
};

export const work: KindSpec = {
  ...faces.work,
  title: { path: '/name', hint: m.work_title_hint },
  sections: [
    {
      fields: [
        { path: '/position', label: m.field_position, as: 'line', always: true },
        start,
        end,
        { path: '/location', label: m.field_location, as: 'line' },
        url,
        { path: '/description', label: m.work_description, as: 'line' },
        summary,
        highlights,
      ],
    },
  ],
  related: [
    { kind: 'evidence', field: 'work', label: m.related_evidence, add: m.related_evidence_add },
    { kind: 'story', field: 'work', label: m.related_stories, add: m.related_stories_add },
  ],
  statuses: running,
  orders: ['position', 'date', 'title', 'updated'],
  empty: { what: m.work_empty_what, why: m.work_empty_why },
};

export const education: KindSpec = {
  ...faces.education,
  title: { path: '/institution', hint: m.education_title_hint },
  sections: [
    {
      fields: [
        { path: '/area', label: m.field_area, as: 'line', always: true },
        { path: '/study_type', label: m.field_study_type, as: 'line', always: true },
        start,
        end,
        { path: '/score', label: m.field_score, as: 'line' },
        url,
        { path: '/courses', label: m.field_courses, as: 'lines' },
      ],
    },
  ],
  statuses: running,
  orders: ['position', 'date', 'title', 'updated'],
  empty: { what: m.education_empty_what, why: m.education_empty_why },
};

export const project: KindSpec = {
  ...faces.project,
  title: { path: '/name', hint: m.project_title_hint },
  sections: [
    {
      fields: [
        { path: '/description', label: m.field_description, as: 'prose', always: true },
        start,
        end,
        { path: '/roles', label: m.field_roles, as: 'tags' },
        { path: '/entity', label: m.field_entity, as: 'line' },
        { path: '/type', label: m.field_project_type, as: 'line' },
        url,
        highlights,
        { path: '/keywords', label: m.field_keywords, as: 'tags' },
        { path: '/skills', label: m.field_skills, as: 'links', to: 'skill', always: true },
      ],
    },
  ],
  statuses: running,
  orders: ['position', 'date', 'title', 'updated'],
  empty: { what: m.project_empty_what, why: m.project_empty_why },
};

export const volunteering: KindSpec = {
  ...faces.volunteering,
  title: { path: '/organization', hint: m.volunteering_title_hint },
  sections: [
    {
      fields: [
        { path: '/position', label: m.field_role, as: 'line', always: true },
        start,
        end,
        url,
        summary,
        highlights,
      ],
    },
  ],
  statuses: running,
  orders: ['position', 'date', 'title', 'updated'],
  empty: { what: m.volunteering_empty_what, why: m.volunteering_empty_why },
};

export const award: KindSpec = {
  ...faces.award,
  title: { path: '/title', hint: m.award_title_hint },
  sections: [
    {
      fields: [
        { path: '/awarder', label: m.field_awarder, as: 'line', always: true },
        { path: '/date', label: m.field_date, as: 'partial-date', always: true },
        summary,
      ],
    },
  ],
  orders: ['position', 'date', 'title', 'updated'],
  empty: { what: m.award_empty_what, why: m.award_empty_why },
};

export const publication: KindSpec = {
  ...faces.publication,
  title: { path: '/name', hint: m.publication_title_hint },
  sections: [
    {
      fields: [
        { path: '/publisher', label: m.field_publisher, as: 'line', always: true },
        { path: '/release_date', label: m.field_released, as: 'partial-date', always: true },
        url,
        summary,
      ],
    },
  ],
  orders: ['position', 'date', 'title', 'updated'],
  empty: { what: m.publication_empty_what, why: m.publication_empty_why },
};

export const language: KindSpec = {
  ...faces.language,
  title: { path: '/language', hint: m.language_title_hint },
  sections: [
    { fields: [{ path: '/fluency', label: m.field_fluency, as: 'line', hint: m.language_fluency_hint, always: true }] },
  ],
  orders: ['position', 'title', 'updated'],
  empty: { what: m.language_empty_what, why: m.language_empty_why },
};

export const interest: KindSpec = {
  ...faces.interest,
  title: { path: '/name', hint: m.interest_title_hint },
  sections: [{ fields: [{ path: '/keywords', label: m.field_keywords, as: 'tags', always: true }] }],
  orders: ['position', 'title', 'updated'],
  empty: { what: m.interest_empty_what, why: m.interest_empty_why },
};

export const reference: KindSpec = {
  ...faces.reference,
  title: { path: '/name', hint: m.reference_title_hint },
  sections: [{ fields: [{ path: '/reference', label: m.field_reference, as: 'prose', always: true }] }],
  orders: ['position', 'title', 'updated'],
  empty: { what: m.reference_empty_what, why: m.reference_empty_why },
};
