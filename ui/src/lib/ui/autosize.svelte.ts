/** A text field as tall as its text. */
import type { Attachment } from 'svelte/attachments';

export const autosize =
  (value: () => string): Attachment<HTMLTextAreaElement> =>
  element => {
    const fit = () => {
      element.style.height = 'auto';
      element.style.height = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
    };
    $effect(() => {
      value();
      fit();
    });
    const watch = new ResizeObserver(entries => {
      // Only another width changes how the text wraps; the height is our own doing.
      const width = Math.round(entries[0]?.contentRect.width ?? 0);
      if (width !== known) fit();
      known = width;
    });
    let known = 0;
    watch.observe(element);
    return () => watch.disconnect();
  };
