/** The window itself, with the page it begins at. */
import { mount } from 'svelte';
import App from './App.svelte';

/** Shows the window in `target`. */
export function open(target: HTMLElement): void {
  mount(App, { target });
}
