// Signing in and pushing, against a server that speaks the Hub's HTTP; what a person would answer the test answers.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { PushQuestions } from '../../../src/features/hub/questions';
import type { HubFeature } from '../../../src/features/hub/register';
import { writeAdapter } from '../../hub/adapterFolders';
import { TOKENS } from '../../hub/tokens';
import { HubServer } from '../../hub/hubServer';
import {
  childrenOf,
  ENDS,
  hello,
  leaveOwnRunsDirectory,
  rowOf,
  runsFeature,
  useOwnRunsDirectory,
  writeRun,
} from '../fakeRuns';
import { extension, workspaceFile } from '../support';

async function hubFeature(): Promise<HubFeature> {
  const api: unknown = await extension().activate();
  // SAFETY: activate() returns it.
  return (api as { readonly hub: HubFeature }).hub;
}

const NAMES = [
  'HF_ENDPOINT',
  'HF_HOME',
  'HF_TOKEN',
  'HF_TOKEN_PATH',
  'HF_HUB_OFFLINE',
  'TRANSFORMERS_OFFLINE',
] as const;

async function nobody(): Promise<undefined> {}

suite('the Hub', () => {
  const before = NAMES.map((name) => [name, process.env[name]] as const);
  const adapter = workspaceFile('pushed-adapter').fsPath;
  let server: HubServer;

  suiteSetup(async () => {
    server = await HubServer.start();
    for (const name of NAMES) delete process.env[name];
    process.env['HF_ENDPOINT'] = server.endpoint;
    process.env['HF_HOME'] = workspaceFile('no-hub-home').fsPath;
    await useOwnRunsDirectory();
    writeAdapter(adapter, { files: { 'training_args.bin': 'pickle' } });
  });

  suiteTeardown(async () => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    rmSync(adapter, { recursive: true, force: true });
    await leaveOwnRunsDirectory();
    await server.stop();
  });

  test('a token is taken once it is valid and may write, kept by the editor alone, and forgotten', async () => {
    const { signIn } = await hubFeature();
    const answers = ['hf_nobodyKnowsThisOne', TOKENS.read, ` ${TOKENS.write}\n`];
    const problems: (string | null)[] = [];
    const signedIn = await (
      await signIn()
    ).signIn(async (_page, problem) => {
      problems.push(problem);
      return answers.shift();
    });
    assert.equal(signedIn?.account.name, 'ada');
    assert.equal(problems[0], null);
    assert.match(String(problems[1]), /expired or was revoked/);
    assert.match(String(problems[2]), /“reader” of ada may read, but not write/);
    assert.equal((await (await signIn()).account(nobody))?.token, TOKENS.write);
    await vscode.commands.executeCommand('tunebook.signOutOfHub');
    assert.equal(await (await signIn()).account(nobody), null);
  });

  test('a run’s adapter is pushed with what the person ticked, then on top, and the token is nowhere', async () => {
    const { signIn, push } = await hubFeature();
    await (await signIn()).signIn(async () => TOKENS.write);
    const saved = { type: 'saved', step: 'save', directory: adapter, files: [] };
    const events = [hello(), { type: 'stepStarted', step: 'save' }, saved, ...ENDS];
    const directory = await writeRun({ id: '20260101-000000-pushed', events });
    await (await runsFeature()).runs.look();
    const row = await rowOf(directory);
    const asked: string[] = [];
    const person: PushQuestions = {
      adapter: async () => assert.fail('the row says which'),
      repo: async (suggested) => {
        asked.push(suggested);
        return 'ada/yoda-lora';
      },
      isPrivate: async () => true,
      files: async ({ files }) => {
        asked.push(...files.map((file) => file.path));
        return files.filter((file) => file.path !== 'training_args.bin');
      },
      anyway: async (why) => {
        asked.push(why);
        return true;
      },
    };
    const [made] = await childrenOf(row);
    assert.equal(made?.kind, 'adapter');
    const first = await (await push()).run(made, person);
    assert.equal(first?.url, `${server.endpoint}/ada/yoda-lora`);
    assert.deepEqual(first.sent, ['README.md', 'adapter_config.json', 'adapter_model.safetensors']);
    assert.match(String(asked[0]), /^ada\/[\w.-]+$/);
    assert.ok(asked.includes('training_args.bin'));
    assert.equal(server.api.repositories.get('ada/yoda-lora')?.isPrivate, true);

    const again = await (await push()).run(row, person);
    assert.equal(asked.at(-1), 'ada/yoda-lora is there already.');
    assert.equal(again?.commit, null);

    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const files = readdirSync(folder.uri.fsPath, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const { parentPath, name } of files)
      assert.ok(!readFileSync(path.join(parentPath, name), 'latin1').includes(TOKENS.write), name);
  });
});
