// Webviews carry the Chinese words that they can meet. The renderer not those of the command line, of hovers and of panels: they
// would be a third of its size, loaded with every notebook.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** Words of `elsewhere` never reach an output of the trainer, unless one of `shown` has them too. */
export const rendererWords = wordsPlugin('renderer-words', {
  elsewhere: [
    'src/cli',
    'src/core/data',
    'src/core/model',
    'src/core/recipe',
    'src/core/run/compare',
    // comes in words that the extension has translated
    'src/core/run/failures',
    'src/core/tokens',
    'src/engine',
    'src/features',
    'src/platform',
    'webview/curves',
    'webview/format',
    'webview/model',
    'webview/tokens',
  ],
  shown: ['webview/renderer', 'webview/shared', 'src/core/run', 'trainer/src'],
});

/** A panel also shows what the worker and the extension answer, problems of datasets and of recipes among them. */
export const panelWords = wordsPlugin('panel-words', {
  elsewhere: ['src/cli', 'src/core/recipe/schema', 'src/engine/python', 'src/features/setup', 'src/features/notebook'],
  shown: [
    'webview',
    'src/core/run/statusWords.ts',
    'src/core/data',
    'src/core/tokens',
    'src/core/recipe/checks',
    'src/protocol',
    'src/engine/data',
    'src/engine/worker',
    'src/features/data',
    'trainer/src',
  ],
});

function wordsPlugin(name, { elsewhere, shown }) {
  return {
    name,
    setup(build) {
      build.onLoad({ filter: /bundle\.l10n\.[\w-]+\.json$/ }, async ({ path }) => {
        const [all, others, own] = await Promise.all([
          readFile(path, 'utf8').then(JSON.parse),
          sourceText(elsewhere),
          sourceText(shown, elsewhere),
        ]);
        // A word found nowhere, because its literal is written in parts, stays in.
        const needed = Object.entries(all).filter(([key]) => own.includes(key) || !others.includes(key));
        return { contents: JSON.stringify(Object.fromEntries(needed)), loader: 'json' };
      });
    },
  };
}

/** Of the files in these places, but not of those in `except`. */
async function sourceText(places, except = []) {
  const texts = await Promise.all(
    places.map(async (place) => {
      const names = isSource(place) ? [''] : await readdir(join(ROOT, place), { recursive: true });
      const sources = names.filter(
        (name) =>
          isSource(join(place, name)) && !except.some((other) => join(place, name).startsWith(join(other, '/'))),
      );
      return Promise.all(sources.map((name) => readFile(join(ROOT, place, name), 'utf8')));
    }),
  );
  // As the key is once read: without the marks that escape a quote in its literal
  return texts
    .flat()
    .join('\n')
    .replaceAll(/\\(['"`])/g, '$1');
}

function isSource(name) {
  return /\.(ts|py)$/.test(name);
}
