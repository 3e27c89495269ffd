import * as vscode from 'vscode';
import type { ModelStructure } from '../../protocol/model';
import { factsOf } from './layerFacts';
import type { Layers } from './layers';
import { layerOf, type Ticked } from './layersView';

/** False where the text of the recipe doesn't allow it. */
type Write = (recipe: vscode.Uri, structure: ModelStructure) => Promise<boolean>;

/** What a person does in the tree, one after the other: each change is made to the text that the one before has left. */
export class LayerCommands {
  readonly #layers: Layers;
  #last: Promise<void> = Promise.resolve();

  constructor(layers: Layers) {
    this.#layers = layers;
  }

  tick(ticked: readonly Ticked[]): Promise<void> {
    const changes = ticked.map((one) => ({ names: tickableNames(one.node), ticked: one.ticked }));
    return this.#change(async (recipe, structure) => {
      const { writeTicks } = await import('./layerTicks');
      return writeTicks(recipe, structure, changes);
    });
  }

  /** The space bar. Where there is no box it opens and closes, as in every tree. */
  async tickFocused(): Promise<void> {
    const node = await this.#layers.focused();
    const { ticked, tickable } = factsOf(node?.modules ?? []);
    if (node === null || tickable === 0) await vscode.commands.executeCommand('list.toggleExpand');
    else await this.tick([{ node, ticked: ticked < tickable }]);
  }

  async trainOnlyBlock(row: unknown): Promise<void> {
    const node = layerOf(row);
    const block = node?.modules[0]?.block ?? null;
    if (node === null || block === null) return;
    const inBlock = this.#layers.modules.filter((module) => module.block === block && module.part === node.part);
    await this.#change(async (recipe, structure) => {
      const { writeOnlyBlock } = await import('./layerTicks');
      return writeOnlyBlock(
        recipe,
        structure,
        inBlock.map(({ name }) => name),
      );
    });
  }

  /** Full name of a layer; of several, the last part, which target_modules takes. */
  async copyName(row: unknown): Promise<void> {
    const node = layerOf(row);
    if (node === null) return;
    const names = new Set(node.modules.map(({ name, leaf }) => (node.kind === 'layer' ? name : leaf)));
    await vscode.env.clipboard.writeText([...names].join(', '));
  }

  #change(write: Write): Promise<void> {
    const before = this.#last;
    const change = async (): Promise<void> => {
      await before;
      await this.#write(write);
    };
    this.#last = change();
    return this.#last;
  }

  async #write(write: Write): Promise<void> {
    const { recipe, structure } = this.#layers;
    if (recipe === null || structure === null) return;
    const isWritten = await write(recipe, structure).catch(() => false);
    // Ticks that changed nothing in the text go back to what it says.
    this.#layers.redraw();
    if (isWritten) return;
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The recipe’s text can’t be changed here: its lora section has to be repaired first.'),
    );
  }
}

function tickableNames({ modules }: Ticked['node']): readonly string[] {
  return modules.filter(({ ticked }) => ticked !== null).map(({ name }) => name);
}
