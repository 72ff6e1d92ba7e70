/** Credentials on their way in: dropped, or pasted as a file or as their text. */
import type { Attachment } from 'svelte/attachments';
import { importFile } from '$lib/api';
import { linkTo } from '$lib/shell/places';
import { withEach } from '$lib/store/doing';
import { imports } from '$lib/store/imports.svelte';
import { takesText } from '$lib/store/keys';
import { router } from '$lib/store/router.svelte';

/** Takes files in one after the other; opens what came last. */
export async function takeIn(files: readonly File[]): Promise<void> {
  const reports = await withEach(files, importFile);
  imports.tell(reports);
  const taken = reports.flatMap(report => report.credentials).findLast(other => other.credential !== null);
  if (taken?.credential) router.go(linkTo('credential', taken.credential));
}

/** What a text may be that holds a credential: JSON, or a signed token. */
export const looksSigned = (text: string) => /^\s*(\{|\[\s*\{|eyJ[\w-]+\.)/.test(text);

/** A place where the text of a credential may be pasted, outside its fields. */
export const pasteText: Attachment<HTMLElement> = () => {
  const paste = (event: ClipboardEvent) => {
    if (event.defaultPrevented || takesText(event.target)) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if ((event.clipboardData?.files.length ?? 0) > 0 || !looksSigned(text)) return;
    event.preventDefault();
    void takeIn([new File([text], text.trimStart().startsWith('eyJ') ? 'pasted.jwt' : 'pasted.json')]);
  };
  document.addEventListener('paste', paste);
  return () => document.removeEventListener('paste', paste);
};
