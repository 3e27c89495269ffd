import * as vscode from 'vscode';
import { amountsIn } from '../../core/model/amounts';
import type { Looks } from './looks';
import { type LineWords, memoryWords } from './memoryWords';
import type { ModelServices } from './services';
import { loraSummary } from './summary';

/** A line about the model beside a section of its recipe, and what a click on it does. */
export interface ModelLine extends LineWords {
  readonly command: 'tunebook.showModel' | 'tunebook.readFromHub';
}

/** What stands beside the model and the lora section; null: nothing to say. */
export class ModelLines {
  readonly #looks: Looks;
  readonly #services: ModelServices;
  readonly #amounts = amountsIn(vscode.env.language);

  constructor(looks: Looks, services: ModelServices) {
    this.#looks = looks;
    this.#services = services;
  }

  async of(recipe: vscode.Uri, section: 'model' | 'lora'): Promise<ModelLine | null> {
    const look = await this.#looks.of(recipe);
    if (look === null) return section === 'model' ? this.#without(recipe) : null;
    const command = 'tunebook.showModel';
    if (section === 'model') {
      const estimate = await this.#looks.estimate(recipe, look);
      return estimate === null ? null : { ...memoryWords(estimate, look.machine, this.#amounts), command };
    }
    const tooltip = vscode.l10n.t('Click to see which layers, and to try another r.');
    return { text: loraSummary(look, this.#amounts), tooltip, command };
  }

  /** What is wrong with a model stands among the problems; that it can be asked for is said where it is named. */
  #without(recipe: vscode.Uri): ModelLine | null {
    const { read, reading } = this.#services.models.stateOf(recipe);
    if (reading || read?.kind !== 'trouble' || read.trouble.severity !== 'information') return null;
    return {
      text: `$(cloud-download) ${vscode.l10n.t('Read the structure from the Hub')}`,
      tooltip: vscode.l10n.t(
        'Tells layers and memory without a download: config.json and the first bytes of the weights.',
      ),
      command: 'tunebook.readFromHub',
    };
  }
}
