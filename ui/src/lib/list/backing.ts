/** What stands behind a skill, counted from the records that link to it. */
import type { Kind, SkillBacking } from '$lib/api';
import { m } from '$lib/paraglide/messages';

export const BACKING_KINDS: readonly Kind[] = ['skill', 'credential', 'evidence', 'story', 'project'];

export function isUnbacked(skill: SkillBacking): boolean {
  return skill.credentials + skill.evidence + skill.stories + skill.projects === 0;
}

/** `2 credentials · 1 story`, or that nothing backs it. */
export function backingInWords(skill: SkillBacking): string {
  const { credentials, evidence, stories, projects } = skill;
  const parts = [
    credentials > 0 ? m.backing_credentials({ count: credentials }) : '',
    evidence > 0 ? m.backing_evidence({ count: evidence }) : '',
    stories > 0 ? m.backing_stories({ count: stories }) : '',
    projects > 0 ? m.backing_projects({ count: projects }) : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : m.skills_nothing_backs();
}
