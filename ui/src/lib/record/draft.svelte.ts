/** A record under the learner's hands: what was typed, what is saved, and what stands between the two. */
import { SvelteMap } from 'svelte/reactivity';
import { toCairnError, type CairnError, type Change, type Fields, type Patch, type Problem } from '$lib/api';
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

/** Text that is being typed for a value of another form, and is not that value yet: half a date is another date. */
export interface Held {
  text: string;
  /** The rule it breaks, once its field was left. */
  refused: string | undefined;
  /** Makes it the field's value where it can be read as one, else says so by holding it refused. */
  settle: () => void;
}

export class Draft {
  fields = $state.raw<Fields>({});
  /** What the vault refused. */
  problems = $state.raw<Problem[]>([]);
  error = $state.raw<CairnError | undefined>(undefined);
  /** How the last saving went; what is not saved yet is told by the fields. */
  #outcome = $state<'none' | 'saved' | 'wrong'>('none');
  #busy = $state(false);
  #held = new SvelteMap<string, Held>();

  #saved = $state.raw<Fields>({});
  #keeper: Keeper;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | undefined;
  #made = $state(false);
  /** Whether the learner has changed anything: a new record nobody touched is not kept. */
  #touched = $state(false);
  /** Called once a new record has its key. */
  onadded: (change: Change) => void = () => undefined;

  constructor(fields: Fields, keeper: Keeper) {
    this.fields = fields;
    this.#keeper = keeper;
    this.#made = keeper.add === undefined;
    // What a new record starts with has yet to be saved.
    this.#saved = this.#made ? fields : {};
  }

  /** Not `$derived`: a draft may outlive the page that it was made for. */
  get state(): DraftState {
    if (this.#outcome === 'wrong' || [...this.#held.values()].some(held => held.refused !== undefined)) return 'wrong';
    if (this.#busy) return 'saving';
    if (this.#unsaved) return 'waiting';
    // What is being typed is not saved, and not being saved either.
    return this.#outcome === 'saved' && this.#held.size === 0 ? 'saved' : 'clean';
  }

  /** Whether the record is in the vault, be it without what is wrong. */
  get isMade(): boolean {
    return this.#made;
  }

  get #unsaved(): boolean {
    return this.#touched && !isEmptyPatch(patchBetween(this.#saved, this.fields));
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
    if (this.#outcome === 'wrong') this.#outcome = 'none';
    clearTimeout(this.#timer);
    // What is still being typed elsewhere is not ready to be saved.
    this.#timer = setTimeout(() => void this.#saveChanged(), PAUSE);
  }

  /** Gives a field its likely value, unless the learner has already begun. */
  assume(path: string, value: unknown): void {
    if (!this.#touched) this.fields = withValue(this.fields, path, value);
  }

  /** What is wrong with a field or something in it; everything that is wrong with ''. */
  problemsAt(path: string): Problem[] {
    const refused = [...this.#held].flatMap(([at, { refused: rule }]) =>
      rule === undefined ? [] : [{ path: at, rule }],
    );
    // What the vault said of a value that is being typed anew no longer speaks of what stands there.
    const current = this.problems.filter(problem => ![...this.#held.keys()].some(at => touches(problem.path, at)));
    return [...refused, ...current].filter(problem => problem.path === path || problem.path.startsWith(`${path}/`));
  }

  /** The text that is being typed at a field. */
  held(path: string): Held | undefined {
    return this.#held.get(path);
  }

  /** Holds the text that is being typed at a field; undefined where it has become a value or was taken back. */
  hold(path: string, text: Held | undefined): void {
    if (text === undefined) {
      this.#held.delete(path);
      return;
    }
    this.#held.set(path, text);
    this.problems = this.problems.filter(problem => !touches(problem.path, path));
  }

  /** Whether text is being typed at a field or in something in it. */
  holds(path: string): boolean {
    return [...this.#held.keys()].some(at => at === path || at.startsWith(`${path}/`));
  }

  /** Makes values of the texts that are being typed, where they can be read. */
  settle(): void {
    for (const { settle } of this.#held.values()) settle();
  }

  /** Forgets the texts that are being typed in the parts of a field: those parts are others now. */
  letGo(path: string): void {
    for (const at of this.#held.keys()) if (at.startsWith(`${path}/`)) this.#held.delete(at);
  }

  /** Whether everything that was typed is in the vault. */
  get isKept(): boolean {
    return this.#held.size === 0 && !this.#unsaved;
  }

  /** Forgets what is not saved. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#held.clear();
    this.problems = [];
    this.error = undefined;
    if (this.#made) this.fields = this.#saved;
    this.#touched = false;
    this.#outcome = 'none';
  }

  /** Saves what is not saved yet, now; text that is being typed too. Answers whether everything is kept. */
  async flush(): Promise<boolean> {
    this.settle();
    await this.#saveChanged();
    return this.isKept;
  }

  async #saveChanged(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#saving) {
      await this.#saving;
      return this.#saveChanged();
    }
    if (!this.#unsaved) return;
    this.#saving = this.#save();
    await this.#saving;
    this.#saving = undefined;
  }

  async #save(): Promise<void> {
    const sent = this.fields;
    this.#busy = true;
    try {
      await this.#send(sent);
      this.problems = [];
      this.error = undefined;
      this.#outcome = 'saved';
    } catch (thrown) {
      const error = toCairnError(thrown);
      this.problems = problemsOf(error);
      this.error = this.problems.length > 0 ? undefined : error;
      this.#outcome = 'wrong';
      await this.#saveTheRest(sent);
    } finally {
      this.#busy = false;
    }
  }

  /** Brings the vault from what is saved to `sent`. */
  async #send(sent: Fields): Promise<void> {
    if (!this.#made && this.#keeper.add) {
      const change = await this.#keeper.add(sent);
      this.#made = true;
      this.#saved = sent;
      this.onadded(change);
      return;
    }
    const patch = patchBetween(this.#saved, sent);
    await this.#keeper.edit(patch);
    const kept = Object.keys(patch).map(key => [key, sent[key]]);
    this.#saved = { ...this.#saved, ...(Object.fromEntries(kept) as Fields) };
  }

  /** One wrong field must not keep the others from being saved. */
  async #saveTheRest(sent: Fields): Promise<void> {
    const wrong = new Set(this.problems.map(problem => problem.path.split('/')[1] ?? ''));
    if (wrong.size === 0) return;
    const rest: Fields = { ...sent };
    for (const key of wrong) {
      if (key in this.#saved) rest[key] = this.#saved[key];
      else delete rest[key];
    }
    if (this.#made && isEmptyPatch(patchBetween(this.#saved, rest))) return;
    // The refusal already shown is the one to act on.
    await this.#send(rest).catch(() => undefined);
  }
}

/** The fields that an error is about: a value that cannot be read at all stands in a field as one that breaks a rule does. */
function problemsOf({ code, params, problems }: CairnError): Problem[] {
  const unreadable = code === 'record-unreadable' && typeof params.path === 'string' && params.path !== '/';
  return unreadable ? [{ path: String(params.path), rule: 'unreadable' }] : problems;
}

/** Whether a problem at one path speaks of the field at another. */
function touches(problem: string, path: string): boolean {
  return problem === path || problem.startsWith(`${path}/`) || path.startsWith(`${problem}/`);
}
