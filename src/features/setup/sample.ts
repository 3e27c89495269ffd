import * as vscode from 'vscode';
import { exists, freeName } from './files';

const RECIPE = 'yoda.tune.yaml';
const ROWS = 'yoda.jsonl';
const MODEL = 'base';

/** The sample that comes with the extension: a tiny model, 720 rows, a recipe. */
export class Sample {
  readonly #folder: vscode.Uri;

  constructor(extensionUri: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(extensionUri, 'samples', 'yoda');
  }

  /** Copies all of it, into `folder` itself where nothing is in the way; the copied recipe. */
  async copyTo(folder: vscode.Uri): Promise<vscode.Uri> {
    const names = [RECIPE, ROWS, MODEL];
    const taken = await Promise.all(names.map((name) => exists(vscode.Uri.joinPath(folder, name))));
    const target = taken.includes(true) ? await freeName(folder, 'yoda') : folder;
    for (const name of names)
      await vscode.workspace.fs.copy(vscode.Uri.joinPath(this.#folder, name), vscode.Uri.joinPath(target, name));
    return vscode.Uri.joinPath(target, RECIPE);
  }

  /** Copies the model alone, once; its folder. */
  async copyModelTo(folder: vscode.Uri): Promise<vscode.Uri> {
    const target = vscode.Uri.joinPath(folder, MODEL);
    if (await exists(vscode.Uri.joinPath(target, 'config.json'))) return target;
    const free = await freeName(folder, MODEL);
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(this.#folder, MODEL), free);
    return free;
  }
}
