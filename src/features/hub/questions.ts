import * as vscode from 'vscode';
import type { PushedFile, PushPlan } from '../../engine/hub/adapterFiles';
import { repoNameProblem } from '../../engine/hub/repoName';
import { amountsIn } from '../../core/model/amounts';
import { words } from '../../platform/words';
import type { SavedAdapter } from '../savedAdapter';

/** What a person is asked before anything is sent; undefined where they declined. A test answers for them. */
export interface PushQuestions {
  adapter(adapters: readonly SavedAdapter[]): Promise<SavedAdapter | undefined>;
  repo(suggested: string): Promise<string | undefined>;
  isPrivate(): Promise<boolean | undefined>;
  /** `plan` with training_args.bin; it comes back with what is to be sent. */
  files(plan: PushPlan, repo: string): Promise<readonly PushedFile[] | undefined>;
  /** The repository is there already, or public. */
  anyway(why: string, detail: string, action: string): Promise<boolean>;
}

/** Without them an adapter can't be loaded. */
export const NEEDED: readonly string[] = ['adapter_config.json', 'adapter_model.safetensors'];
const PICKLE = 'training_args.bin';

export const askPerson: PushQuestions = {
  async adapter(adapters) {
    const picks = adapters.map((adapter) => {
      const { label, description, folder: detail } = adapter;
      return { adapter, label, description, detail, iconPath: new vscode.ThemeIcon('package') };
    });
    const options = { title: vscode.l10n.t('Push which adapter?'), matchOnDescription: true, matchOnDetail: true };
    return (await vscode.window.showQuickPick(picks, options))?.adapter;
  },

  async repo(suggested) {
    const at = suggested.indexOf('/') + 1;
    return vscode.window.showInputBox({
      title: vscode.l10n.t('Push to the Hub: Name'),
      prompt: vscode.l10n.t('user/name or organisation/name. It is made where it isn’t there.'),
      value: suggested,
      valueSelection: [at, suggested.length],
      ignoreFocusOut: true,
      validateInput: (name) => {
        const problem = repoNameProblem(name.trim());
        return problem === null ? null : words(problem);
      },
    });
  },

  async isPrivate() {
    const hidden = {
      label: `$(lock) ${vscode.l10n.t('Private')}`,
      detail: vscode.l10n.t('Only you, or your organisation, see it. It can be made public later.'),
    };
    const open = {
      label: `$(globe) ${vscode.l10n.t('Public')}`,
      detail: vscode.l10n.t('Everybody may see and download it.'),
    };
    const options = { title: vscode.l10n.t('Push to the Hub: Who May See It?'), ignoreFocusOut: true };
    const choice = await vscode.window.showQuickPick([hidden, open], options);
    return choice === undefined ? undefined : choice === hidden;
  },

  async files({ files, leftOut, warnings }, repo) {
    const amounts = amountsIn(vscode.env.language);
    const picks = files.map((file) => ({
      file,
      label: file.path,
      description: amounts.bytes(file.bytes),
      picked: file.path !== PICKLE,
      ...(file.path === PICKLE && {
        detail: `$(warning) ${vscode.l10n.t('A pickle: loading it runs what is in it. The adapter works without.')}`,
      }),
    }));
    const notes = [
      ...warnings.map(words),
      ...leftOut.map(({ path, why }) => vscode.l10n.t('left out: {0} ({1})', path, words(why))),
    ];
    const chosen = await vscode.window.showQuickPick(picks, {
      title: vscode.l10n.t('Push These Files to {0}', repo),
      placeHolder: notes.length > 0 ? notes.join(' · ') : vscode.l10n.t('Enter pushes what is ticked.'),
      canPickMany: true,
      ignoreFocusOut: true,
    });
    return chosen?.map(({ file }) => file);
  },

  async anyway(why, detail, action) {
    return (await vscode.window.showWarningMessage(why, { modal: true, detail }, action)) === action;
  },
};
