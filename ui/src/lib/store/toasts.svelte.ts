/** Short messages about what just happened, most with a way back. */

export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'wrong';
  action?: { label: string; run: () => void } | undefined;
  /** The step of history that the action takes back, or does again: offered until something else is done. */
  step?: number | undefined;
}

/** How long a toast stays, in milliseconds; longer where there is something to do about it. */
const STAY = { plain: 4000, withAction: 8000 };

class Toasts {
  all = $state<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, options: Partial<Pick<Toast, 'tone' | 'action' | 'step'>> = {}): void {
    // Also one about the same step, which this one has taken back or done again.
    if (options.step !== undefined) this.outdate();
    const toast: Toast = {
      id: this.#next++,
      text,
      tone: options.tone ?? 'done',
      action: options.action,
      step: options.step,
    };
    // What was done last is told, and what can still be undone; before it, History has it. What went wrong stays until it
    // was read, or its time is over.
    const others = this.all.filter(other => other.text !== text);
    const staying = [
      ...others.filter(other => other.tone === 'wrong').slice(-2),
      ...others.filter(other => other.tone === 'done' && other.action).slice(-1),
    ];
    for (const other of this.all) if (!staying.includes(other)) this.hold(other.id);
    this.all = [...staying, toast];
    this.#wait(toast);
  }

  /** Whether a message offers to take something back, or to do it again. */
  get offers(): boolean {
    return this.all.some(toast => toast.step !== undefined);
  }

  /** Takes messages away that offer to undo other steps than these: those are no longer the last. */
  outdate(...last: readonly number[]): void {
    for (const { id, step } of this.all) if (step !== undefined && !last.includes(step)) this.dismiss(id);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.all = this.all.filter(toast => toast.id !== id);
  }

  /** Keeps a toast while the pointer or the focus is on it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  release(id: number): void {
    const toast = this.all.find(other => other.id === id);
    if (toast) this.#wait(toast);
  }

  #wait(toast: Toast): void {
    const stay = toast.action || toast.tone === 'wrong' ? STAY.withAction : STAY.plain;
    this.#timers.set(
      toast.id,
      setTimeout(() => this.dismiss(toast.id), stay),
    );
  }
}

export const toasts = new Toasts();
