/** A record under the learner's hands: what was typed, what is saved, and what stands between the two. */
import { toCairnError, type CairnError, type Change, type Fields, type Patch, type Problem } from '$lib/api';
import { toasts } from '$lib/store/toasts.svelte';
import { isEmptyPatch, patchBetween, rebase, same, valueAt, withValue } from './patch';

/** How long typing pauses before it is saved, in milliseconds. */
const PAUSE = 400;

export type DraftState = 'clean' | 'waiting' | 'saving' | 'saved' | 'wrong';

/** How a draft reaches the vault. */
export interface Keeper {
  /** Saves a change to a record that is there. */
  edit(patch: Patch): Promise<Change>;
  /** Makes the record; absent where it is there already. */
  add?: (fields: Fields) => Promise<Change>;
}

export class Draft {
  fields = $state.raw<Fields>({});
  problems = $state.raw<Problem[]>([]);
  error = $state.raw<CairnError | undefined>(undefined);
  state = $state<DraftState>('clean');

  #saved: Fields;
  #keeper: Keeper;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;
  #made: boolean;
  /** Whether the learner has changed anything: a new record nobody touched is not kept. */
  #touched = false;
  /** Called once a new record has its key. */
  onadded: (change: Change) => void = () => undefined;

  constructor(fields: Fields, keeper: Keeper) {
    this.fields = fields;
    this.#keeper = keeper;
    this.#made = keeper.add === undefined;
    // What a new record starts with has yet to be saved.
    this.#saved = this.#made ? fields : {};
  }

  /** Takes the state of the vault; what is being typed stays. */
  take(fields: Fields): void {
    const mine = rebase(this.#saved, this.fields, fields);
    this.#saved = fields;
    if (!same(mine, this.fields)) this.fields = mine;
  }

  value(path: string): unknown {
    return valueAt(this.fields, path);
  }

  /** Changes a field; saved when typing pauses. */
  set(path: string, value: unknown): void {
    if (same(this.value(path), value)) return;
    this.#touched = true;
    this.fields = withValue(this.fields, path, value);
    this.problems = this.problems.filter(problem => !touches(problem.path, path));
    this.state = 'waiting';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Gives a field its likely value, unless the learner has already begun. */
  assume(path: string, value: unknown): void {
    if (!this.#touched) this.fields = withValue(this.fields, path, value);
  }

  /** What is wrong with a field or something in it. */
  problemsAt(path: string): Problem[] {
    return this.problems.filter(problem => problem.path === path || problem.path.startsWith(`${path}/`));
  }

  /** Saves what is not saved yet, now. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#saving) {
      await this.#saving;
      return this.flush();
    }
    if (!this.#touched || isEmptyPatch(patchBetween(this.#saved, this.fields))) {
      if (this.state === 'waiting') this.state = 'clean';
      return;
    }
    this.#saving = this.#save();
    await this.#saving;
    this.#saving = undefined;
  }

  async #save(): Promise<void> {
    const sent = this.fields;
    const patch = patchBetween(this.#saved, sent);
    this.state = 'saving';
    try {
      await this.#send(patch, sent);
      this.problems = [];
    } catch (thrown) {
      const error = toCairnError(thrown);
      this.problems = error.problems;
      this.error = error.problems.length > 0 ? undefined : error;
      this.state = 'wrong';
      await this.#saveTheRest(patch, sent);
      return;
    }
    this.error = undefined;
    this.state = same(sent, this.fields) ? 'saved' : 'waiting';
  }

  async #send(patch: Patch, sent: Fields): Promise<void> {
    if (!this.#made && this.#keeper.add) {
      const change = await this.#keeper.add(sent);
      this.#made = true;
      this.#saved = sent;
      this.onadded(change);
      return;
    }
    await this.#keeper.edit(patch);
    toasts.outdate();
    const kept = Object.keys(patch).map(key => [key, sent[key]]);
    this.#saved = { ...this.#saved, ...(Object.fromEntries(kept) as Fields) };
  }

  /** One wrong field must not keep the others from being saved. */
  async #saveTheRest(patch: Patch, sent: Fields): Promise<void> {
    const wrong = new Set(this.problems.map(problem => problem.path.split('/')[1]));
    const rest = Object.fromEntries(Object.entries(patch).filter(([key]) => !wrong.has(key)));
    if (!this.#made || wrong.size === 0 || isEmptyPatch(rest)) return;
    // The refusal already shown is the one to act on.
    await this.#send(rest, sent).catch(() => undefined);
  }
}

/** Whether a problem at one path speaks of the field at another. */
function touches(problem: string, path: string): boolean {
  return problem === path || problem.startsWith(`${path}/`) || path.startsWith(`${problem}/`);
}
