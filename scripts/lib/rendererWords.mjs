// The renderer carries the Chinese words that it can meet, not those of the command line and of hovers: they would be a
// quarter of its size, loaded with every notebook.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Words of these folders never reach an output, unless one of `SHOWN` has them too. */
const ELSEWHERE = ['src/cli', 'src/core/recipe', 'src/engine', 'src/features', 'src/platform'];
const SHOWN = ['webview', 'src/core/run', 'trainer/src'];

export const rendererWords = {
  name: 'renderer-words',
  setup(build) {
    build.onLoad({ filter: /bundle\.l10n\.[\w-]+\.json$/ }, async ({ path }) => {
      const [all, elsewhere, shown] = await Promise.all([
        readFile(path, 'utf8').then(JSON.parse),
        sourceText(ELSEWHERE),
        sourceText(SHOWN),
      ]);
      // A word found nowhere, because its literal is written in parts, stays in.
      const needed = Object.entries(all).filter(([key]) => shown.includes(key) || !elsewhere.includes(key));
      return { contents: JSON.stringify(Object.fromEntries(needed)), loader: 'json' };
    });
  },
};

async function sourceText(folders) {
  const texts = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(ROOT, folder), { recursive: true });
      const sources = names.filter((name) => /\.(ts|py)$/.test(name));
      return Promise.all(sources.map((name) => readFile(join(ROOT, folder, name), 'utf8')));
    }),
  );
  // As the key is once read: without the marks that escape a quote in its literal
  return texts
    .flat()
    .join('\n')
    .replaceAll(/\\(['"`])/g, '$1');
}
