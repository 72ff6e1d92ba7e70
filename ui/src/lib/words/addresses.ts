/** Web and mail addresses as people type them. */

/** `example.org/a` with `https://` before it; anything else as it is. */
export function withScheme(typed: string): string {
  return /^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/.test(typed) ? `https://${typed}` : typed;
}

/** Whether the system can be asked to open it. */
export function canOpen(url: string): boolean {
  return /^(https?:\/\/|mailto:)\S+$/i.test(url);
}
