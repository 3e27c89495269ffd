import type { BuildOptions } from 'esbuild';

/** How esbuild.mjs bundles what runs in Node, for tests that build a program of their own. */
export const NODE_BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  // its main is UMD, whose requires no bundler sees
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
} as const satisfies BuildOptions;
