/** A place where files may be dropped or pasted. */
import type { Attachment } from 'svelte/attachments';
import { takesText } from '$lib/store/keys';

export class FileDrop {
  /** Whether files hover over the place. */
  over = $state(false);
  readonly attach: Attachment<HTMLElement>;

  constructor(take: (files: File[]) => void, hover: (over: boolean) => void = () => undefined) {
    const show = (over: boolean) => {
      this.over = over;
      hover(over);
    };
    this.attach = element => {
      let depth = 0;
      const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
      const on = <K extends keyof HTMLElementEventMap>(type: K, run: (event: HTMLElementEventMap[K]) => void) => {
        element.addEventListener(type, run);
        return () => element.removeEventListener(type, run);
      };
      const stops = [
        on('dragenter', event => {
          if (!carries(event)) return;
          depth += 1;
          show(true);
        }),
        on('dragleave', event => {
          if (!carries(event)) return;
          depth = Math.max(0, depth - 1);
          show(depth > 0);
        }),
        on('dragover', event => {
          if (carries(event)) event.preventDefault();
        }),
        on('drop', event => {
          if (!carries(event)) return;
          event.preventDefault();
          depth = 0;
          show(false);
          take([...(event.dataTransfer?.files ?? [])]);
        }),
      ];
      // Nothing in the place need have the focus: a paste anywhere on the page is meant for it.
      const paste = (event: ClipboardEvent) => {
        const files = [...(event.clipboardData?.files ?? [])];
        const textToo = event.clipboardData?.types.includes('text/plain') === true;
        if (files.length === 0 || (textToo && takesText(event.target))) return;
        event.preventDefault();
        take(files);
      };
      document.addEventListener('paste', paste);
      return () => {
        stops.forEach(stop => stop());
        document.removeEventListener('paste', paste);
      };
    };
  }
}

/** A drop zone: `take` gets the files, `hover` hears whether files are over it. */
export const fileDrop = (take: (files: File[]) => void, hover?: (over: boolean) => void) => new FileDrop(take, hover);

/** Keeps the web view from showing a file that is dropped beside every zone. Returns what undoes it. */
export function refuseStrayFiles(): () => void {
  const refuse = (event: DragEvent) => {
    if (event.defaultPrevented || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  window.addEventListener('dragover', refuse);
  window.addEventListener('drop', refuse);
  return () => {
    window.removeEventListener('dragover', refuse);
    window.removeEventListener('drop', refuse);
  };
}
