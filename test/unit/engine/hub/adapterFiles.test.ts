import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { planPush } from '../../../../src/engine/hub/adapterFiles';
import { HubError } from '../../../../src/engine/hub/hubError';
import { asRepoName, repoNameProblem } from '../../../../src/engine/hub/repoName';
import { findToken, pastedToken } from '../../../../src/engine/hub/token';
import { AdapterFolders } from '../../../hub/adapterFolders';

const folders = new AdapterFolders();
afterAll(() => folders.remove());

async function refusalOf(folder: string): Promise<string> {
  const error: unknown = await planPush(folder).catch((raised: unknown) => raised);
  if (!(error instanceof HubError)) throw new Error(`not refused: ${String(error)}`);
  expect(formatMessage(error.remedy)).not.toBe('');
  return formatMessage(error.words);
}

describe('what is pushed of a folder', () => {
  test('is everything but pickles, links, hidden files and checkpoints, each with its reason', async () => {
    const folder = folders.make({
      files: {
        'training_args.bin': 'pickle',
        'optimizer.pt': 'pickle',
        'extra/notes.txt': 'x',
        'extra/rng_state.pth': 'pickle',
        '.env': 'HF_TOKEN=hf_secret',
        '.git/config': 'x',
        'checkpoint-20/adapter_model.safetensors': 'x',
      },
    });
    symlinkSync('/etc/hostname', path.join(folder, 'link.txt'));
    const { files, leftOut, bytes, warnings } = await planPush(folder);
    expect(files.map((file) => file.path)).toEqual([
      'README.md',
      'adapter_config.json',
      'adapter_model.safetensors',
      'extra/notes.txt',
    ]);
    expect(bytes).toBe(files.reduce((sum, file) => sum + file.bytes, 0));
    expect(Object.fromEntries(leftOut.map(({ path: name, why }) => [name, formatMessage(why)]))).toEqual({
      '.env': 'hidden',
      '.git/': 'hidden',
      'checkpoint-20/': 'a checkpoint',
      'extra/rng_state.pth': 'a pickle: loading it runs what is in it; safetensors only',
      'link.txt': 'a link, which is not followed',
      'optimizer.pt': 'a pickle: loading it runs what is in it; safetensors only',
      'training_args.bin': 'a pickle: loading it runs what is in it; pushed only where you choose it',
    });
    expect(warnings).toEqual([]);
    const chosen = await planPush(folder, { trainingArgs: true });
    expect(chosen.files.map((file) => file.path)).toContain('training_args.bin');
  });

  test('is nothing where the adapter is not whole', async () => {
    const pickled = folders.make({ files: { 'adapter_model.bin': 'pickle' } });
    rmSync(path.join(pickled, 'adapter_model.safetensors'));
    expect(await refusalOf(pickled)).toMatch(/weights as a pickle, adapter_model\.bin, which is not pushed/);
    const empty = path.join(folders.root, 'empty');
    mkdirSync(empty);
    expect(await refusalOf(empty)).toMatch(/adapter_config\.json is missing/);
    expect(await refusalOf(path.join(folders.root, 'nowhere'))).toMatch(/ENOENT/);
    const torn = folders.make({ files: { 'adapter_model.safetensors': new Uint8Array(20) } });
    expect(await refusalOf(torn)).toContain('adapter_model.safetensors');
    expect(await refusalOf(folders.make({ files: { 'adapter_config.json': '{"r": 8}' } }))).toMatch(/no peft_type/);
    expect(await refusalOf(folders.make({ files: { 'adapter_config.json': '{"r": ' } }))).toMatch(/can’t be read/);
  });

  test('comes with a warning where others have no base model to load it on', async () => {
    const local = { peft_type: 'LORA', base_model_name_or_path: '/home/ada/base' };
    const folder = folders.make({ files: { 'adapter_config.json': JSON.stringify(local) } });
    const { warnings } = await planPush(folder);
    expect(warnings.map((warning) => formatMessage(warning))).toEqual([
      'The base model is a folder of this machine, /home/ada/base: others can’t load the adapter by its name alone.',
    ]);
  });
});

test('names that the Hub refuses are told apart before it is asked', () => {
  const names = [
    '',
    'a/b/c',
    '/yoda',
    'ada/',
    'ada/yöda',
    'x'.repeat(97),
    'yo--da',
    'yo..da',
    '-yoda',
    'ada/yoda.',
    'yoda.git',
  ];
  const problems = names.map((name) => repoNameProblem(name)?.text ?? null);
  expect(problems).not.toContain(null);
  for (const name of ['yoda', 'ada/yoda_3.1-lora', 'x'.repeat(96)]) expect(repoNameProblem(name)).toBeNull();
  expect(['Yoda (4-bit) --v2', 'Übung', '約達', '...'].map(asRepoName)).toEqual([
    'Yoda-4-bit-v2',
    'Ubung',
    'adapter',
    'adapter',
  ]);
});

test('the token is the editor’s, else of the environment, else of the file that hf auth login writes', async () => {
  const home = path.join(folders.root, 'home');
  mkdirSync(home);
  expect(await findToken({ HF_HOME: home }, null)).toBeNull();
  writeFileSync(path.join(home, 'token'), 'hf_ofTheFile\n');
  const env = { HF_HOME: home, HF_TOKEN: 'hf_ofTheEnvironment' };
  expect(await findToken({ HF_HOME: home }, null)).toEqual({ token: 'hf_ofTheFile', place: 'file' });
  expect(await findToken(env, null)).toEqual({ token: 'hf_ofTheEnvironment', place: 'environment' });
  expect(await findToken(env, 'hf_kept')).toEqual({ token: 'hf_kept', place: 'editor' });
  expect([' hf_pasted\n', 'hf_with space', ''].map(pastedToken)).toEqual(['hf_pasted', null, null]);
});
