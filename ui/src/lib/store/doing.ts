/** Doing things to the vault from the window: what went well is told with a way back, what went wrong in words. */
import * as api from '$lib/api';
import { m } from '$lib/paraglide/messages';
import { saveAll } from '$lib/record/unsaved';
import { actionInWords, changeInToast } from '$lib/words/changes';
import { errorInWords } from '$lib/words/errors';
import { inSentence } from '$lib/words/locale';
import { linkTo } from '$lib/shell/places';
import { parseAddress, router } from './router.svelte';
import { toasts } from './toasts.svelte';

/** Says in a toast what went wrong. */
export function tellWrong(thrown: unknown): void {
  const error = api.toCairnError(thrown);
  if (error.code !== 'cancelled') toasts.show(errorInWords(error), { tone: 'wrong' });
}

/** Runs something that may fail; answers undefined, with the reason told, where it did. */
export async function attempt<T>(what: () => Promise<T>): Promise<T | undefined> {
  try {
    return await what();
  } catch (thrown) {
    tellWrong(thrown);
    return undefined;
  }
}

/** Does something with one file after the other; one that fails is told and does not stop the rest. */
export async function withEach<T>(files: readonly File[], what: (file: File) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (const file of files) {
    try {
      done.push(await what(file));
    } catch (thrown) {
      tellWrong(thrown);
    }
  }
  return done;
}

/** What came of several files that were chosen together; what failed is told, and keeps none of the others. */
export function doneOf<T>(outcomes: readonly api.Outcome<T>[] | null | undefined): T[] {
  const done: T[] = [];
  for (const outcome of outcomes ?? []) {
    if ('done' in outcome) done.push(outcome.done);
    else tellWrong(outcome.failed);
  }
  return done;
}

/** Tells a change in a toast with Undo. */
export function tell(change: api.Change): void {
  const words = changeInToast(change);
  if (words !== undefined) tellUndo(change, words);
}

/** Tells a change in these words, with an Undo that takes back this change and no other. */
export function tellUndo(change: Pick<api.Change, 'history'>, words: string): void {
  const step = change.history;
  if (step === null) return;
  toasts.show(words, { action: { label: m.action_undo(), run: () => void undo(step) }, step });
}

/** What was done, within a sentence: `edited credential “CKA”`. */
const stepInSentence = ({ action, kind, title, count }: api.HistoryEntry): string =>
  inSentence(actionInWords(action, kind, title, count));

/** Takes the last step back: only `step`, where one is given, because a message may be older than the last change. */
export async function undo(step?: number): Promise<void> {
  await attempt(async () => {
    // What is being typed is a step too, and the last one.
    await saveAll();
    const change = await api.undo(step);
    if (!change) {
      toasts.show(m.toast_nothing_to_undo());
      return;
    }
    const words = m.toast_undone({ what: stepInSentence(change.step) });
    // What follows the state before a restore is that state's own history.
    if (change.step.action === 'restore') {
      toasts.outdate();
      return toasts.show(words);
    }
    toasts.show(words, { action: { label: m.action_redo(), run: () => void redo() }, step: change.step.id });
    showAgain(change);
  });
}

/** Opens the record that came back, where its place is the one in sight. */
function showAgain({ step, kind, id }: api.Retraced): void {
  if (step.action !== 'remove' || kind === null || id === null) return;
  const home = parseAddress(linkTo(kind, id));
  // Pages of their own, such as the week and the profile, show it where it stood.
  if (home.place === router.address.place && router.address.rest.length > 0) router.go(linkTo(kind, id));
}

export async function redo(): Promise<void> {
  await attempt(async () => {
    const change = await api.redo();
    if (!change) return toasts.show(m.toast_nothing_to_redo());
    tellUndo({ history: change.step.id }, m.toast_redone({ what: stepInSentence(change.step) }));
  });
}
