/** Where the learner is: the part of the address after `#`. The web view's own history does Alt+← and Alt+→. */

export interface Address {
  /** The place: the first segment of the path. */
  place: string;
  /** The segments after it. */
  rest: string[];
  params: URLSearchParams;
}

/** Reads `#/stories/1234?add=1`. */
export function parseAddress(hash: string): Address {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [place = '', ...rest] = path.split('/').filter(Boolean).map(decode);
  return { place, rest, params: new URLSearchParams(search) };
}

/** Writes what `parseAddress` reads. */
export function toHash(place: string, rest: string[] = [], params: Record<string, string> = {}): string {
  const path = [place, ...rest].map(encodeURIComponent).join('/');
  const search = new URLSearchParams(params).toString();
  return `#/${path}${search ? `?${search}` : ''}`;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

class Router {
  #hash = $state(typeof location === 'undefined' ? '' : location.hash);
  address = $derived(parseAddress(this.#hash));

  /** Follows the address bar that nobody sees. Returns what undoes it. */
  start(): () => void {
    const follow = () => (this.#hash = location.hash);
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }

  go(hash: string): void {
    if (location.hash !== hash) location.hash = hash;
    this.#hash = location.hash;
  }

  /** Goes without leaving the present address behind, for steps nobody wants to go back through. */
  replace(hash: string): void {
    history.replaceState(null, '', hash);
    this.#hash = location.hash;
  }

  back(): void {
    history.back();
  }

  forward(): void {
    history.forward();
  }
}

export const router = new Router();
