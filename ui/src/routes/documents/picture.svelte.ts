/** A picture that changes without a flicker: the old one stays until the new one has come. */

export interface Sheet {
  url: string;
  /** What is on it: the same mark is the same picture, whatever its address. */
  mark: string;
  /** The picture itself, where it came along: it need not be fetched. */
  svg?: string;
}

export class Picture {
  /** What is seen. */
  shown = $state.raw<Sheet>();
  /** What is being fetched behind it. */
  coming = $state.raw<Sheet>();
  /** The last picture that was asked for could not be fetched. */
  broken = $state(false);
  #queued: Sheet | undefined;

  /** Asks for a picture. One that is on its way is let arrive first, so that steady typing still shows something. */
  want(sheet: Sheet): void {
    this.#queued = undefined;
    if (sheet.svg !== undefined) this.#draw(sheet);
    else if (this.coming === undefined) this.#fetch(sheet);
    else if (sheet.mark !== this.coming.mark) this.#queued = sheet;
  }

  /** The picture on its way is there. */
  arrived(url: string): void {
    if (url !== this.coming?.url) return;
    this.shown = this.coming;
    this.broken = false;
    this.#next();
  }

  /** The picture on its way will not come: a newer one may have taken its place. */
  failed(url: string): void {
    if (url !== this.coming?.url) return;
    this.broken = this.#queued === undefined;
    this.#next();
  }

  #next(): void {
    const next = this.#queued;
    this.#queued = undefined;
    this.coming = undefined;
    if (next) this.#fetch(next);
  }

  /** What came along is there at once. */
  #draw(sheet: Sheet): void {
    this.coming = undefined;
    this.broken = false;
    if (sheet.mark !== this.shown?.mark) this.shown = sheet;
  }

  #fetch(sheet: Sheet): void {
    if (sheet.mark !== this.shown?.mark) this.coming = sheet;
  }
}
