/** Runs the action a key press means. */
import { actions } from '$lib/store/actions.svelte';
import { Keys, keptByText, nameOf, takesText } from '$lib/store/keys';

const MAC = navigator.platform.startsWith('Mac');

/** Listens at the window. Returns what undoes it. */
export function listenForKeys(): () => void {
  const keys = new Keys();
  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('[role="dialog"], [role="menu"]')) return;
    const name = nameOf(event);
    if (takesText(event.target)) {
      const chord = name.includes('mod+') || name.includes('alt+');
      // A list to choose from has no typing to undo: there Ctrl+Z means the records.
      const types = !(event.target instanceof HTMLSelectElement);
      if (!chord || (types && keptByText(name, MAC))) return;
    }
    const offered = actions.all;
    const known = offered.flatMap(action => action.keys ?? []);
    const pressed = keys.press(name, known, event.timeStamp);
    const action = offered.findLast(other => other.keys === pressed);
    if (pressed === undefined || !action) return;
    event.preventDefault();
    action.run();
  };
  window.addEventListener('keydown', press);
  return () => window.removeEventListener('keydown', press);
}
