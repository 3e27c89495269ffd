// Writes what is made from the recipe's schema (the JSON schema and the tables of parameters in both languages) and from the
// trainer's chat templates (the module by which the editor knows them).
//   node scripts/generate.mjs           write
//   node scripts/generate.mjs --check   fail, with the names, if something is not as it would be written
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');

/** The schema is TypeScript: bundled in memory, since Node 20 doesn't read it. */
async function loadCore() {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { recipeJsonSchema } from './src/core/recipe/jsonSchema';
        export { parametersPage } from './src/core/recipe/docsPage';`,
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
  });
  const bundle = { exports: {} };
  new Function('module', 'require', outputFiles[0].text)(bundle, createRequire(import.meta.url));
  return bundle.exports;
}

/** In the trainer's order, without the line end after the last tag, as generation_templates.py reads them. */
async function generationTemplates() {
  const folder = join(ROOT, 'trainer/src/tunebook_trainer/templates');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jinja')).sort();
  const entries = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const source = text.replaceAll('\r\n', '\n').replace(/\n+$/, '');
      if (/`|\$\{/.test(source)) throw new Error(`${name}: a template literal can't hold \` or \${`);
      return `  {\n    name: '${name.replace('.jinja', '')}',\n    source: String.raw\`${source}\`,\n  },\n`;
    }),
  );
  return `/**
 * Chat templates that mark what the assistant says. Made by scripts/generate.mjs from
 * trainer/src/tunebook_trainer/templates: edit there.
 */
export const GENERATION_TEMPLATES: readonly { readonly name: string; readonly source: string }[] = [
${entries.join('')}];
`;
}

const { recipeJsonSchema, parametersPage } = await loadCore();
const chinese = JSON.parse(await readFile(join(ROOT, 'l10n/bundle.l10n.zh-cn.json'), 'utf8'));
const schema = { ...recipeJsonSchema(), title: 'Tunebook recipe' };
const files = {
  'schemas/recipe.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
  'docs/parameters.md': parametersPage({}),
  'docs/parameters.zh-cn.md': parametersPage(chinese),
  'src/core/tokens/generationTemplateTexts.ts': await generationTemplates(),
};

const stale = [];
for (const [name, content] of Object.entries(files)) {
  const file = join(ROOT, name);
  const before = await readFile(file, 'utf8').catch(() => null);
  if (before?.replaceAll('\r\n', '\n') === content) continue;
  stale.push(name);
  if (check) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
if (check && stale.length > 0) {
  console.error(`Not as their sources say: ${stale.join(', ')}. Run: node scripts/generate.mjs`);
  process.exitCode = 1;
} else console.log(stale.length === 0 ? 'Everything that is generated is up to date.' : `Wrote ${stale.join(', ')}.`);
