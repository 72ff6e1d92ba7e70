/** Money: what learning costs, who pays, what it should return, and how it is counted. */
import { m } from '$lib/paraglide/messages';
import { faces } from './faces';
import type { FieldSpec, KindSpec } from './spec';

const categories = {
  fee: m.cost_fee,
  materials: m.cost_materials,
  lab: m.cost_lab,
  retake: m.cost_retake,
  verification: m.cost_verification,
  travel: m.cost_travel,
  renewal: m.cost_renewal,
  other: m.choice_other,
  childcare: m.cost_childcare,
  overtime: m.cost_overtime,
  freelance: m.cost_freelance,
};

const fundingSorts = {
  scholarship: m.funding_scholarship,
  reimbursement: m.funding_reimbursement,
  grant: m.funding_grant,
  other: m.choice_other,
};

const currency: FieldSpec = { path: '/currency', label: m.field_currency, as: 'currency', always: true };
const forCredential: FieldSpec = {
  path: '/credential',
  label: m.field_credential,
  as: 'link',
  to: 'credential',
  always: true,
};

export const budgetLine: KindSpec = {
  ...faces['budget-line'],
  title: { path: '/title', hint: m.budget_line_title_hint },
  heading: [{ path: '/category', label: m.field_category, as: 'choice', choices: categories }],
  fresh: { category: 'fee', currency: 'EUR' },
  sections: [
    {
      fields: [
        { path: '/planned', label: m.field_planned, as: 'amount', currency: '/currency', optional: true, always: true },
        { path: '/actual', label: m.field_paid, as: 'amount', currency: '/currency', optional: true, always: true },
        currency,
        { path: '/date', label: m.field_due_or_paid, as: 'partial-date', always: true },
        forCredential,
        { path: '/notes', label: m.field_notes, as: 'prose', hint: m.notes_hint },
      ],
    },
  ],
  statuses: { planned: m.status_planned, paid: m.status_paid },
  sorts: categories,
  orders: ['position', 'title', 'date', 'updated', 'status', 'sort'],
  empty: {
    what: m.budget_line_empty_what,
    why: m.budget_line_empty_why,
    example: { name: m.budget_line_example, says: m.budget_line_example_says },
  },
};

export const funding: KindSpec = {
  ...faces.funding,
  title: { path: '/title', hint: m.funding_title_hint },
  heading: [{ path: '/type', label: m.field_type, as: 'choice', choices: fundingSorts }],
  fresh: { type: 'reimbursement', currency: 'EUR' },
  sections: [
    {
      fields: [
        { path: '/source', label: m.field_source, as: 'line', always: true },
        { path: '/conditions', label: m.field_conditions, as: 'prose', hint: m.funding_conditions_hint, always: true },
        {
          path: '/planned',
          label: m.field_promised,
          as: 'amount',
          currency: '/currency',
          optional: true,
          always: true,
        },
        { path: '/actual', label: m.field_received, as: 'amount', currency: '/currency', optional: true, always: true },
        currency,
        { path: '/date', label: m.field_due_or_came, as: 'partial-date', always: true },
        forCredential,
      ],
    },
  ],
  statuses: { promised: m.status_promised, received: m.status_received },
  sorts: fundingSorts,
  orders: ['position', 'title', 'date', 'updated', 'status', 'sort'],
  empty: {
    what: m.funding_empty_what,
    why: m.funding_empty_why,
    example: { name: m.funding_example, says: m.funding_example_says },
  },
};

export const expectedReturn: KindSpec = {
  ...faces['expected-return'],
  title: { path: '/title', hint: m.expected_return_title_hint },
  fresh: { currency: 'EUR', months: 36, probability: 100 },
  sections: [
    {
      fields: [
        forCredential,
        { path: '/monthly_gain', label: m.field_monthly_gain, as: 'amount', currency: '/currency', always: true },
        currency,
        { path: '/from', label: m.field_from, as: 'partial-date', always: true },
        { path: '/months', label: m.field_months, as: 'number', unit: m.unit_months, whole: true, always: true },
        { path: '/probability', label: m.field_probability, as: 'number', unit: m.unit_percent, always: true },
        { path: '/notes', label: m.field_why_think, as: 'prose', always: true },
      ],
    },
  ],
  orders: ['position', 'title', 'date', 'updated'],
  empty: {
    what: m.expected_return_empty_what,
    why: m.expected_return_empty_why,
    example: { name: m.expected_return_example, says: m.expected_return_example_says },
  },
};

export const moneySettings: KindSpec = {
  ...faces['money-settings'],
  title: { path: '/home_currency', hint: m.field_home_currency },
  sections: [
    {
      fields: [
        { path: '/home_currency', label: m.field_home_currency, as: 'currency', always: true },
        {
          path: '/discount_rate',
          label: m.field_discount_rate,
          as: 'number',
          unit: m.unit_percent_a_year,
          always: true,
        },
        { path: '/contingency', label: m.field_contingency, as: 'number', unit: m.unit_percent_of_plan, always: true },
        {
          path: '/rates',
          label: m.field_rates,
          as: 'rows',
          another: m.rates_another,
          always: true,
          columns: [
            { key: 'currency', label: m.field_currency, as: 'currency' },
            { key: 'rate', label: m.rates_rate, as: 'rate' },
            { key: 'as_of', label: m.rates_as_of, as: 'partial-date' },
          ],
        },
      ],
    },
  ],
  orders: ['position'],
  empty: { what: m.money_settings_empty, why: m.money_settings_empty },
};
