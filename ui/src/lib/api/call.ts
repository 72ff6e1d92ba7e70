/** The one door to Rust. */
import { invoke, type InvokeArgs, type InvokeOptions } from '@tauri-apps/api/core';
import { toCairnError } from './error';

/** Answers on their way to questions that nobody has put yet, by what they ask. */
const ahead = new Map<string, Promise<unknown>>();

const keyOf = (command: string, args?: InvokeArgs) => `${command} ${JSON.stringify(args ?? null)}`;

/** Asks what will surely be asked soon: the first `call` of the same takes this answer. */
export function askAhead(command: string, args?: InvokeArgs): void {
  const answer = invoke(command, args);
  // Whoever takes the answer takes what went wrong as well.
  answer.catch(() => undefined);
  ahead.set(keyOf(command, args), answer);
}

/** The answer asked for ahead. The first question nobody foresaw ends it: from then on the vault may have changed. */
function takeAhead<T>(command: string, args?: InvokeArgs): Promise<T> | undefined {
  if (ahead.size === 0) return undefined;
  const key = keyOf(command, args);
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
