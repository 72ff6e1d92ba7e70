/** What has grown, as a sentence for each period. */
import type { GrownItem } from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { minutesInWords } from './minutes';

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

/** The periods in which anything grew, the shortest first. Minutes stand beside the blocks they were. */
export function growth(items: readonly GrownItem[]): Growth[] {
  return (['week', 'month', 'quarter'] as const).flatMap(period => {
    const wins = items.filter(item => item.period === period);
    const minutes = wins.find(item => item.what === 'minutes-kept')?.count ?? 0;
    const told = wins.flatMap(({ what, count }) => {
      if (what === 'minutes-kept') return [];
      const win = words[what]({ count });
      return what === 'blocks-kept' && minutes > 0 ? m.grown_with_time({ win, time: minutesInWords(minutes) }) : win;
    });
    return told.length > 0 ? [{ period: periods[period](), wins: told }] : [];
  });
}
