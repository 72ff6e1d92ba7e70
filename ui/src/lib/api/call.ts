/** The one door to Rust. */
import { invoke, type InvokeArgs, type InvokeOptions } from '@tauri-apps/api/core';
import { toCairnError } from './error';

/** What the shell sent along with the page (`src-tauri/src/window/ahead.rs`), by what it answers. */
const ahead = new Map<string, unknown>(
  Object.entries(JSON.parse(globalThis.document?.getElementById('ahead')?.textContent ?? '{}')),
);

/** The answer given ahead. The first question nobody foresaw ends it: from then on the vault may have changed. */
function takeAhead<T>(command: string, args?: InvokeArgs): T | undefined {
  if (ahead.size === 0) return undefined;
  const key = `${command} ${JSON.stringify(args ?? {})}`;
  const answer = ahead.get(key) as T | undefined;
  if (answer) ahead.delete(key);
  else ahead.clear();
  return answer;
}

/** Calls a command; whatever goes wrong is thrown as a `CairnError`. */
export async function call<T>(command: string, args?: InvokeArgs, options?: InvokeOptions): Promise<T> {
  try {
    return await (takeAhead<T>(command, args) ?? invoke<T>(command, args, options));
  } catch (thrown) {
    throw toCairnError(thrown);
  }
}
