import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

/** Everything that is evaluated when the extension's bundle is loaded: what static imports lead to from extension.ts. */
async function loadedAtActivation(): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: ['src/extension.ts'],
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const seen = new Set(['src/extension.ts']);
  for (const file of seen)
    for (const { path, kind } of metafile.inputs[file]?.imports ?? []) if (kind !== 'dynamic-import') seen.add(path);
  return [...seen];
}

describe('activation', () => {
  test('loads no package but yaml, which the notebook serializer cuts recipes with', async () => {
    const packages = (await loadedAtActivation()).filter((path) => path.includes('node_modules/'));
    expect([...new Set(packages.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]))]).toEqual([
      'yaml',
    ]);
  });
});
