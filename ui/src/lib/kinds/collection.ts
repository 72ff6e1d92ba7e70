/** Collections: records chosen, ordered and reworded for one audience. Their outline is edited in Documents. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { KindSpec } from './spec';

export const collection: KindSpec = {
  ...faces.collection,
  title: { path: '/title', hint: m.collection_title_hint },
  fresh: { language: 'en', paper: 'a4' },
  sections: [
    {
      fields: [
        { path: '/audience', label: m.field_audience, as: 'line', hint: m.collection_audience_hint, always: true },
        { path: '/headline', label: m.field_headline, as: 'line', hint: m.collection_headline_hint, always: true },
        { path: '/summary', label: m.field_summary, as: 'prose', hint: m.collection_summary_hint, always: true },
        {
          path: '/language',
          label: m.field_document_language,
          as: 'line',
          hint: m.collection_language_hint,
          always: true,
        },
        {
          path: '/paper',
          label: m.field_paper,
          as: 'choice',
          choices: { a4: m.paper_a4, letter: m.paper_letter },
          always: true,
        },
      ],
    },
  ],
  orders: ['position', 'title', 'updated'],
  empty: { what: m.collection_empty_what, why: m.collection_empty_why },
};
