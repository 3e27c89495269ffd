// One build for everything that ships or is tested in the real host.
//   node esbuild.mjs            production bundles in dist/
//   node esbuild.mjs --watch    rebuild on change (F5)
//   node esbuild.mjs --tests    also the suites that run inside the extension host (dist/test/)
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { build, context } from 'esbuild';
import { panelWords, rendererWords } from './scripts/lib/rendererWords.mjs';

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
const common = {
  bundle: true,
  sourcemap: 'linked',
  minify: !watch && !tests,
  logLevel: 'warning',
  legalComments: 'none',
};
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Its main is UMD, whose requires no bundler sees: the bundle would look for ./impl/format on the disk.
  alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
};
const browser = { ...common, platform: 'browser', target: 'es2022' };

const webview = (name) => ({
  ...browser,
  entryPoints: [`webview/${name}/index.ts`],
  outfile: `dist/webview/${name}.js`,
  format: 'iife',
  plugins: [panelWords],
});

const bundles = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/engine/worker/main.ts'], outfile: 'dist/worker.js' },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.cjs', banner: { js: '#!/usr/bin/env node' } },
  {
    ...browser,
    entryPoints: ['webview/renderer/index.ts'],
    outfile: 'dist/renderer.js',
    format: 'esm',
    plugins: [rendererWords],
  },
  webview('curves'),
  webview('format'),
  webview('model'),
  webview('tokens'),
];
if (tests) {
  const suites = (await readdir('test/integration', { recursive: true })).filter((file) => file.endsWith('.ts'));
  // mocha is loaded from node_modules inside the host, as VS Code's own test runner does
  bundles.push({
    ...node,
    entryPoints: suites.map((file) => `test/integration/${file}`),
    outdir: 'dist/test',
    external: ['vscode', 'mocha'],
  });
}

const present = bundles.filter(
  ({ entryPoints }) => entryPoints.length > 0 && entryPoints.every((entry) => existsSync(entry)),
);
if (watch) {
  const contexts = await Promise.all(present.map((options) => context(options)));
  await Promise.all(contexts.map((running) => running.watch()));
  console.log('watching');
} else {
  await Promise.all(present.map((options) => build(options)));
}
