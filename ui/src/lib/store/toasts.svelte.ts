/** Short messages about what just happened, most with a way back. */

export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'wrong';
  action?: { label: string; run: () => void } | undefined;
  /** Whether the action takes back the last step of history: only right while this is the last. */
  undoes?: boolean | undefined;
}

/** How long a toast stays, in milliseconds; longer where there is something to do about it. */
const STAY = { plain: 4000, withAction: 8000 };

class Toasts {
  all = $state<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, options: Partial<Pick<Toast, 'tone' | 'action' | 'undoes'>> = {}): void {
    if (options.undoes) this.outdate();
    const toast: Toast = {
      id: this.#next++,
      text,
      tone: options.tone ?? 'done',
      action: options.action,
      undoes: options.undoes,
    };
    // Three at most: an older message is history, and History has it.
    this.all = [...this.all.slice(-2), toast];
    this.#wait(toast);
  }

  /** After another change: what an older message offers to undo is no longer the last step. */
  outdate(): void {
    this.all = this.all.map(toast => (toast.undoes ? { ...toast, action: undefined, undoes: false } : toast));
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
