/** What has grown, as a sentence for each period. */
import type { GrownItem } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { minutesInWords } from '$lib/words/minutes';

const periods: Record<GrownItem['period'], () => string> = {
  week: m.grown_week,
  month: m.grown_month,
  quarter: m.grown_quarter,
};

const words: Record<Exclude<GrownItem['what'], 'minutes-kept'>, (inputs: { count: number }) => string> = {
  credentials: m.grown_credentials,
  evidence: m.grown_evidence,
  stories: m.grown_stories,
  'blocks-kept': m.grown_blocks,
  milestones: m.grown_milestones,
  reflections: m.grown_reflections,
};

export interface Growth {
  period: string;
  wins: string[];
}

/**
 * The periods in which anything grew, the shortest first, each with what it adds to the ones before: what grew this week
 * and not before is not told again for the month. Minutes stand beside the blocks they were.
 */
export function growth(items: readonly GrownItem[]): Growth[] {
  const told = new Map<GrownItem['what'], number>();
  return (['week', 'month', 'quarter'] as const).flatMap(period => {
    const here = items.filter(item => item.period === period);
    const minutes = here.find(item => item.what === 'minutes-kept')?.count ?? 0;
    const wins = here.flatMap(({ what, count }) => {
      if (what === 'minutes-kept' || told.get(what) === count) return [];
      told.set(what, count);
      const win = words[what]({ count });
      return what === 'blocks-kept' && minutes > 0 ? m.grown_with_time({ win, time: minutesInWords(minutes) }) : win;
    });
    return wins.length > 0 ? [{ period: periods[period](), wins }] : [];
  });
}
