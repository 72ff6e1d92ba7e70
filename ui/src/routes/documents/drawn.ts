/** An SVG as a part of the page: shown in the frame in which it comes, where an image is first loaded, then built, then painted. */
import type { Attachment } from 'svelte/attachments';

/** Draws the SVG. In a tree of its own, so that its names meet no others; inert, since a picture's links lead nowhere. */
export const drawn =
  (svg: string): Attachment<HTMLElement> =>
  host => {
    const picture = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
    picture.setAttribute('width', '100%');
    picture.setAttribute('height', '100%');
    // The window's policy takes no styles from elsewhere.
    picture.removeAttribute('style');
    const still = document.createElement('div');
    still.inert = true;
    still.append(picture);
    (host.shadowRoot ?? host.attachShadow({ mode: 'open' })).replaceChildren(still);
  };
