/** The one door to Rust. */
import { invoke, type InvokeArgs, type InvokeOptions } from '@tauri-apps/api/core';
import { toCairnError } from './error';

/** Calls a command; whatever goes wrong is thrown as a `CairnError`. */
export async function call<T>(command: string, args?: InvokeArgs, options?: InvokeOptions): Promise<T> {
  try {
    return await invoke<T>(command, args, options);
  } catch (thrown) {
    throw toCairnError(thrown);
  }
}
