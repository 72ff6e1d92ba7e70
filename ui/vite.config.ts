import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { fileURLToPath } from 'node:url';
import icons from 'unplugin-icons/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * Has the fonts of the first page fetched before its script, which keeps the page from taking anything while it runs: text whose
 * font is not there yet is laid out in the system's, which have to be found, and then again.
 */
const earlyFonts: Plugin = {
  name: 'early-fonts',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter(file => /(inter-latin-wght|source-serif-4-latin-600)-normal-.*\.woff2$/.test(file))
        .map(file => ({
          tag: 'link',
          injectTo: 'head-prepend',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` },
        })),
  },
};

/** There is one catalogue, so no message asks which: what is left of each is its words. */
const oneCatalogue: Plugin = {
  name: 'one-catalogue',
  transform: {
    filter: { id: /\/paraglide\/messages\/[^/]+\.js$/ },
    handler: code => code.replace('experimentalStaticLocale ?? options.locale ?? getLocale()', ''),
  },
};

/** Puts all that a start reads into one file: each file is a question to the shell, and its answer waits its turn. */
function oneStart(
  id: string,
  { getModuleInfo }: { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null },
) {
  if (start.size === 0) {
    const waiting = [fileURLToPath(new URL('./src/main.ts', import.meta.url))];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (start.has(next)) continue;
      start.add(next);
      // The catalogue imports every message; the few that a start says are found by what is left when it is shaken.
      waiting.push(...(getModuleInfo(next)?.importedIds ?? []).filter(id => !id.includes('/paraglide/messages')));
    }
  }
  return start.has(id) ? 'start' : undefined;
}
const start = new Set<string>();

export default defineConfig({
  plugins: [
    // Tests read the catalogue that `npm run words` compiled; the plugin would keep them from ending.
    !process.env.VITEST &&
      paraglideVitePlugin({
        project: './project.inlang',
        outdir: './src/lib/paraglide',
        strategy: ['baseLocale'],
        outputStructure: 'message-modules',
      }),
    oneCatalogue,
    tailwindcss(),
    // Icons become plain templates; a component that reads its shapes at run time costs the first page 20 ms.
    icons({ compiler: 'svelte', scale: 1 }),
    svelte(),
    earlyFonts,
  ],
  resolve: { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
  // The window's content security policy allows no `data:` fonts and no inline styles: everything stays a file.
  build: {
    target: 'safari18',
    cssTarget: 'safari18',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { manualChunks: oneStart } },
    reportCompressedSize: false,
  },
  server: { port: 5183, strictPort: true },
  test: { include: ['src/**/*.test.ts'] },
});
