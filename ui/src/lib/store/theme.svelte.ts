/** Light, dark or high contrast; the system's own choice until the learner makes one. Kept on this machine only. */

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'cairn.theme';

function remembered(): Theme {
  const stored = localStorage.getItem(KEY);
  return THEMES.find(theme => theme === stored) ?? 'system';
}

class ThemeChoice {
  current = $state<Theme>(remembered());

  /** Puts the choice on the page. A system that asks for more contrast gets it unless the learner chose otherwise. */
  apply(): void {
    const more = this.current === 'system' && matchMedia('(prefers-contrast: more)').matches;
    document.documentElement.dataset.theme = more ? 'contrast' : this.current;
  }

  choose(theme: Theme): void {
    this.current = theme;
    localStorage.setItem(KEY, theme);
    this.apply();
  }
}

export const theme = new ThemeChoice();
