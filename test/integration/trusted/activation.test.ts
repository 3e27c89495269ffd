import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension } from '../support';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
}

/** The manifest as the editor holds it, with its words in the display language. */
function manifest(): Manifest {
  return extension().packageJSON;
}

/** Views bring commands of their own (VS Code's, one set for each view). */
const OF_VIEWS = /^tunebook\.(?:layers|runs)\.|^tunebook\.(?:focus|resetViewContainerLocation)$/;
/** What only our own buttons call, with arguments that a person can't type. */
const INTERNAL = ['tunebook.revealNotebook', 'tunebook.cancelDatasetCheck'];

suite('activation', () => {
  test('the extension activates', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  test('every command of the manifest is registered', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const declared = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
  });

  test('no command is registered that the manifest does not name', async () => {
    const declared = new Set([...manifest().contributes.commands.map(({ command }) => command), ...INTERNAL]);
    const registered = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith('tunebook.'));
    assert.deepEqual(
      registered.filter((command) => !declared.has(command) && !OF_VIEWS.test(command)),
      [],
    );
  });

  test('titles are in English', () => {
    const titles = manifest().contributes.commands.map(({ command, title }) => [command, title]);
    assert.deepEqual(
      titles.find(([command]) => command === 'tunebook.start'),
      ['tunebook.start', 'Start'],
    );
    assert.ok(titles.every(([, title]) => !title?.includes('%')));
  });
});
