import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { FileCache } from '../../../../src/engine/tokens/fileCache';
import { cachedModel, hubCacheFolder } from '../../../../src/engine/tokens/hubCache';
import { placeOf } from '../../../../src/engine/tokens/recipePlaces';
import { viewTokens } from '../../../../src/engine/tokens/viewTokens';
import { asked, findingsOf, scene, YODA } from './scene';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tunebook-places-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

it('looks for the cache of the Hub where huggingface_hub does', () => {
  const home = path.join(homedir(), '.cache/huggingface/hub');
  expect(hubCacheFolder({})).toBe(home);
  expect(hubCacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/huggingface/hub');
  expect(hubCacheFolder({ HF_HOME: '/h', XDG_CACHE_HOME: '/x' })).toBe('/h/hub');
  expect(hubCacheFolder({ HF_HUB_CACHE: '/c', HF_HOME: '/h' })).toBe('/c');
  expect(hubCacheFolder({ HUGGINGFACE_HUB_CACHE: '/old', HF_HOME: '/h' })).toBe('/old');
  expect(hubCacheFolder({ HF_HOME: '~/models' })).toBe(path.join(homedir(), 'models/hub'));
  expect(hubCacheFolder({ HF_HUB_CACHE: '$DISK/${PART}', DISK: '/d', PART: 'p' })).toBe('/d/p');
});

/** A model as hf_hub_download leaves it. */
function download(revision: string, commit: string): string {
  const model = path.join(folder, 'models--owner--yoda');
  const snapshot = path.join(model, 'snapshots', commit);
  mkdirSync(path.join(model, 'refs'), { recursive: true });
  writeFileSync(path.join(model, 'refs', revision), commit);
  cpSync(YODA, snapshot, { recursive: true });
  return snapshot;
}

it('finds what a branch, a tag or a commit was when it was downloaded', async () => {
  const env = { HF_HUB_CACHE: folder };
  const main = download('main', 'a'.repeat(40));
  const tagged = download('v1', 'b'.repeat(40));
  expect(await cachedModel('owner/yoda', 'main', env)).toBe(main);
  expect(await cachedModel('owner/yoda', 'v1', env)).toBe(tagged);
  expect(await cachedModel('owner/yoda', 'b'.repeat(40), env)).toBe(tagged);
  expect(await cachedModel('owner/yoda', 'v2', env)).toBeNull();
  expect(await cachedModel('owner/other', 'main', env)).toBeNull();
});

it('shows the tokens of a model of the Hub once it is there', async () => {
  vi.stubEnv('HF_HUB_CACHE', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const recipe = scene({ model: { model_name_or_path: 'owner/yoda' } });
  expect(await findingsOf(recipe)).toMatchObject([{ kind: 'tokenizerUnreadable', severity: 'warning' }]);
  download('main', 'c'.repeat(40));
  expect(await findingsOf(recipe)).toEqual([]);
  const view = await viewTokens({ recipe, batches: 1, rows: null }, asked);
  expect(view.tokenizer.modelVocabSize).toBe(2000);
});

it('starts paths where the trainer does', () => {
  const recipe = scene();
  expect(placeOf(recipe, './a/../b.jsonl')).toBe(path.join(recipe.baseDirectory, 'b.jsonl'));
  expect(placeOf(recipe, '~/b.jsonl')).toBe(path.join(homedir(), 'b.jsonl'));
  expect(placeOf(recipe, '/b.jsonl')).toBe('/b.jsonl');
});

it('says that a folder has no tokenizer', async () => {
  const recipe = scene({ model: { model_name_or_path: './empty' } }, { 'empty/config.json': '{}' });
  expect(await findingsOf(recipe)).toMatchObject([
    { kind: 'tokenizerUnreadable', recipePath: ['model', 'model_name_or_path'] },
  ]);
});

it('says that a tokenizer is broken', async () => {
  const recipe = scene({ tokenizer: { tokenizer_name_or_path: './broken' } }, { 'broken/tokenizer.json': '{' });
  expect(await findingsOf(recipe)).toMatchObject([
    { kind: 'tokenizerUnreadable', recipePath: ['tokenizer', 'tokenizer_name_or_path'] },
  ]);
});

it('keeps what it made of files until they change', async () => {
  const [one = '', two = '', none = ''] = ['one', 'two', 'none'].map((name) => path.join(folder, name));
  for (const file of [one, two]) writeFileSync(file, 'x');
  const cache = new FileCache<string>(2);
  let made = 0;
  const make = async (): Promise<string> => `made ${++made}`;
  expect(await cache.get([one, none], make)).toBe('made 1');
  expect(await cache.get([one, none], make)).toBe('made 1');
  writeFileSync(none, 'now there');
  expect(await cache.get([one, none], make)).toBe('made 2');
  utimesSync(one, 1, 1);
  expect(await cache.get([one, none], make)).toBe('made 3');
  // the one asked for the longest ago goes
  await cache.get([two], make);
  await cache.get([one], make);
  expect(await cache.get([two], make)).toBe('made 4');
  expect(await cache.get([one, none], make)).toBe('made 6');
});
