/** The one door to Rust. */
import { invoke, type InvokeArgs, type InvokeOptions } from '@tauri-apps/api/core';
import { toCairnError } from './error';

declare global {
  /** What the shell's `ahead.js` asked before the page was read: answers on their way, by what they answer. */
  var cairnAhead: Record<string, Promise<unknown>> | undefined;
}

const ahead = new Map(Object.entries(globalThis.cairnAhead ?? {}));

/** The answer asked for ahead. The first question nobody foresaw ends it: from then on the vault may have changed. */
function takeAhead<T>(command: string, args?: InvokeArgs): Promise<T> | undefined {
  if (ahead.size === 0) return undefined;
  const key = `${command} ${JSON.stringify(args ?? {})}`;
  const answer = ahead.get(key) as Promise<T> | undefined;
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
