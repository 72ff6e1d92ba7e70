/** Runs the action a key press means. */
import { on } from 'svelte/events';
import { actions } from '$lib/store/actions.svelte';
import { Keys, keptByText, nameOf, takesText } from '$lib/store/keys';
import { Typing } from './typing';

const MAC = navigator.platform.startsWith('Mac');

/** Listens at the window. Returns what undoes it. */
export function listenForKeys(): () => void {
  const keys = new Keys();
  const typing = new Typing();
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const name = nameOf(event);
    if (typing.press(name, event.target)) {
      event.preventDefault();
      return;
    }
    if (document.querySelector('[role="dialog"], [role="menu"]')) return;
    if (takesText(event.target)) {
      const chord = name.includes('mod+') || name.includes('alt+');
      // Where there is no typing to undo, Ctrl+Z means the records.
      if (!chord || (!Typing.means(name) && keptByText(name, MAC))) return;
    }
    const offered = actions.all;
    const known = offered.flatMap(action => action.keys ?? []);
    const pressed = keys.press(name, known, event.timeStamp);
    const action = offered.findLast(other => other.keys === pressed);
    if (pressed === undefined || !action) return;
    event.preventDefault();
    action.run();
  };
  const write = (event: InputEvent) => typing.write(event);
  const enter = () => typing.enter();
  const listening = [on(window, 'keydown', press), on(window, 'beforeinput', write), on(window, 'focusin', enter)];
  return () => listening.forEach(stop => stop());
}
