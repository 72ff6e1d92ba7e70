/** Light, dark or high contrast; the system's own choice until the learner makes one. Kept on this machine only. */
import { m } from '$lib/paraglide/messages';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

/** What the choices are called. */
export const themeWords: Record<Theme, () => string> = {
  system: m.theme_system,
  light: m.theme_light,
  dark: m.theme_dark,
  contrast: m.theme_contrast,
};

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
