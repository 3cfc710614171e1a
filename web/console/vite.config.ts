import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The server's address during `npm run dev`; the built console is served by the product itself. */
const server = process.env['NAZAR_SERVER'] ?? 'http://127.0.0.1:8080';

/** Beside each script and style its Brotli form: a tenth smaller than gzip, but too slow to make while somebody waits. */
const brotli: Plugin = {
  name: 'nazar-brotli',
  apply: 'build',
  writeBundle({ dir = '.' }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(readFileSync(join(dir, name))));
    }
  },
};

/** The name of a shared part lists all pages that share it; its hash tells parts apart. */
const short = (name: string): string => name.replace(/^shared~.*?(?=\.\w+$|$)/, 'shared');

export default defineConfig({
  plugins: [react(), brotli],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: ['chrome111', 'firefox128', 'safari16.4'],
    // Nothing is inlined: the content policy allows files of our own host only, no data: address.
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: true,
    rolldownOptions: {
      checks: { bundlerTimings: false }, // where a build's seconds went is nothing for whoever sets the product up
      output: {
        chunkFileNames: ({ name }) => `assets/${short(name)}-[hash].js`,
        assetFileNames: ({ names }) => `assets/${short(names[0] ?? 'asset.bin').replace(/\.\w+$/, '')}-[hash][extname]`,
        // What every visit needs is one file; what pages share is kept by who shares it. Joining such parts to save
        // requests made them wait for each other (Select without its arrow), and the wall load what only papers need.
        codeSplitting: {
          groups: [
            { name: 'frame', tags: ['$initial'], priority: 2 },
            { name: 'shared', minShareCount: 2, entriesAware: true, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
});
