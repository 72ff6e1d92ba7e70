import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

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
    tailwindcss(),
    svelte(),
  ],
  resolve: { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
  // The window's content security policy allows no `data:` fonts and no inline styles: everything stays a file.
  build: {
    target: 'safari18',
    cssTarget: 'safari18',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { port: 5183, strictPort: true },
  test: { include: ['src/**/*.test.ts'] },
});
