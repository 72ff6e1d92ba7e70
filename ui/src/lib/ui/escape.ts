/** Esc, in two steps: out of a field to the page, and from the page to where it was opened from. */
import type { Attachment } from 'svelte/attachments';
import { on } from 'svelte/events';

/** Esc in a field saves and brings the focus to this element; on the element itself it means what it means there. */
export function escapeFields(save: () => void): Attachment<HTMLElement> {
  return element =>
    // Not `addEventListener`: an editor that takes its typing back with Esc comes first.
    on(element, 'keydown', event => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.target === element) return;
      event.preventDefault();
      event.stopPropagation();
      save();
      element.focus();
    });
}
