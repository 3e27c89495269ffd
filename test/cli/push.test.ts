// The command line as a person runs it, against a server that speaks the Hub's HTTP; what it pushed Python downloads.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AdapterFolders } from '../hub/adapterFolders';
import { TOKENS } from '../hub/tokens';
import { HubServer } from '../hub/hubServer';
import { buildCli, run, trainerPython } from './cli';

const folders = new AdapterFolders();
let hub: HubServer;
beforeAll(async () => {
  await buildCli();
  hub = await HubServer.start();
});
afterAll(async () => {
  await hub.stop();
  folders.remove();
});

function envOf(token: string | null): NodeJS.ProcessEnv {
  const home = path.join(folders.root, 'home');
  return { HF_ENDPOINT: hub.endpoint, HF_HOME: home, HF_TOKEN: token ?? '', HF_HUB_OFFLINE: '' };
}

/** Everything below a folder, and what it holds. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

test('an adapter is pushed, and Python’s client downloads the same bytes', async () => {
  const folder = folders.make({ tensors: { weight: [100, 100] }, files: { 'training_args.bin': 'pickle' } });
  const before = everythingIn(folders.root);
  const pushed = await run(['push', path.basename(folder), '--repo', 'yoda'], folders.root, envOf(TOKENS.write));
  expect(pushed).toMatchObject({ code: 0, err: '' });
  expect(pushed.out).toContain('left out: training_args.bin (a pickle');
  expect(pushed.out).toContain(`Made ada/yoda, private, and pushed 3 files.\n${hub.endpoint}/ada/yoda`);
  // neither what it said nor anything that it left holds the token
  expect(pushed.out + pushed.err).not.toContain(TOKENS.write);
  expect(everythingIn(folders.root)).toBe(before);

  const target = path.join(folders.root, 'downloaded');
  const code = 'import sys; from huggingface_hub import snapshot_download as d; d("ada/yoda", local_dir=sys.argv[1])';
  await promisify(execFile)(trainerPython() ?? 'python3', ['-c', code, target], {
    env: { ...process.env, ...envOf(TOKENS.write), HF_HUB_DISABLE_XET: '1' },
  });
  for (const file of ['README.md', 'adapter_config.json', 'adapter_model.safetensors'])
    expect(readFileSync(path.join(target, file))).toEqual(readFileSync(path.join(folder, file)));

  const again = await run(
    ['push', folder, '--repo', 'ada/yoda', '--exist-ok', '--json'],
    folders.root,
    envOf(TOKENS.write),
  );
  const lines = again.out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines.at(-1)).toMatchObject({ type: 'pushed', repo: 'ada/yoda', commit: null, sent: [] });
});

test('what is wrong is told in words, with an exit code', async () => {
  const folder = folders.make();
  const unnamed = await run(['push', folder], folders.root, envOf(TOKENS.write));
  expect(unnamed).toMatchObject({ code: 2, out: '', err: expect.stringContaining('--repo user/name') });
  const refused = await run(['push', folder, '--repo', 'yo--da'], folders.root, envOf(TOKENS.write));
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('neither -- nor ..') });
  const nobody = await run(['push', folder, '--repo', 'x'], folders.root, envOf(null));
  expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('There is no token to push with.') });
  const wrong = await run(['push', folder, '--repo', 'x'], folders.root, envOf('hf_wrong0123456789'));
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('expired or was revoked') });
  expect(wrong.out + wrong.err).not.toContain('hf_wrong0123456789');
  const offline = await run(['push', folder, '--repo', 'x'], folders.root, { ...envOf(null), HF_HUB_OFFLINE: '1' });
  expect(offline).toMatchObject({ code: 1, out: '', err: expect.stringContaining('HF_HUB_OFFLINE is set') });
  writeFileSync(path.join(folder, 'adapter_config.json'), '{}');
  const chinese = await run(['push', folder, '--repo', 'x'], folders.root, {
    ...envOf(TOKENS.write),
    LC_ALL: 'zh_CN.UTF-8',
  });
  expect(chinese).toMatchObject({ code: 1, err: expect.stringContaining('peft_type') });
  expect(chinese.err).toMatch(/[\u4e00-\u9fff]/);
});
