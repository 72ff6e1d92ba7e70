/** A picture that changes without a flicker: the old one stays until the new one has come. */

export class Picture {
  /** What is seen. */
  shown = $state<string>();
  /** What is being fetched behind it. */
  coming = $state<string>();
  /** The last picture that was asked for could not be fetched. */
  broken = $state(false);
  #queued: string | undefined;

  /** Asks for a picture. One that is on its way is let arrive first, so that steady typing still shows something. */
  want(url: string): void {
    this.#queued = undefined;
    if (this.coming === undefined) {
      if (url !== this.shown) this.coming = url;
    } else if (url !== this.coming) {
      this.#queued = url;
    }
  }

  /** The picture on its way is there. */
  arrived(url: string): void {
    if (url !== this.coming) return;
    this.shown = url;
    this.broken = false;
    this.#next();
  }

  /** The picture on its way will not come: a newer one may have taken its place. */
  failed(url: string): void {
    if (url !== this.coming) return;
    this.broken = this.#queued === undefined;
    this.#next();
  }

  #next(): void {
    this.coming = this.#queued === this.shown ? undefined : this.#queued;
    this.#queued = undefined;
  }
}
