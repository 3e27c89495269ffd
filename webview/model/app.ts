import { html, nothing, render, type TemplateResult } from 'lit';
import { Channel, type Port } from '../../src/protocol/channel';
import type { ModelAsks, ModelPicture, ModelTells } from '../../src/protocol/modelPanel';
import { panelRoot } from '../shared/panelRoot';
import { refusalOf } from '../shared/refusal';
import { Tip } from '../shared/tip';
import { type Words, wordsFor } from '../shared/words';
import { choicesOf } from './choices';
import type { Choices, ViewContext } from './context';
import { controls } from './controls';
import { Draft } from './draft';
import { figures } from './figures';
import { header } from './header';
import { MapView } from './mapView';
import { memory } from './memory';
import { fullRecipe, type LoraChange, Reckoner, type Reckoning } from './reckon';
import { status } from './status';
import { styles } from './styles';

export interface AppOptions {
  readonly port: Port;
  readonly language: string;
  /** What an earlier life of the panel kept. */
  readonly kept: unknown;
  keep(choices: Choices): void;
}

/** The model panel: the model as a picture, what LoRA does to it, what it takes in memory. */
export class ModelApp implements ViewContext {
  readonly words: Words;
  readonly tip = new Tip();
  readonly ask: ViewContext['ask'] = (name, params) => void this.#ask(name, params);
  readonly choose: ViewContext['choose'] = (choices) => {
    this.#choices = { ...this.#choices, ...choices };
    this.#keep(this.#choices);
    this.redraw();
  };
  readonly change: ViewContext['change'] = (lora, when) => {
    this.#draft.change(lora, when);
    this.redraw();
  };
  readonly redraw: ViewContext['redraw'] = () => render(this.#page(), this.#root);
  readonly #root = panelRoot(styles);
  readonly #channel: Channel<ModelAsks, ModelTells>;
  readonly #reckoner = new Reckoner(() => this.redraw());
  readonly #map: MapView;
  readonly #keep: (choices: Choices) => void;
  readonly #draft = new Draft(
    (lora) => this.#write(lora),
    () => this.redraw(),
  );
  #choices: Choices;
  #picture: ModelPicture | null = null;
  /** Why the last thing that was asked for couldn't be done. */
  #refusal: string | null = null;

  constructor({ port, language, kept, keep }: AppOptions) {
    this.words = wordsFor(language);
    this.#choices = choicesOf(kept);
    this.#keep = keep;
    this.#map = new MapView(this);
    this.#channel = new Channel<ModelAsks, ModelTells>(port, {
      setting: (setting) => {
        if (this.#picture !== null) this.#show({ ...this.#picture, setting });
        return null;
      },
      picture: (picture) => {
        this.#show(picture);
        return null;
      },
    });
    this.redraw();
    void this.#start();
  }

  get choices(): Choices {
    return this.#choices;
  }

  async #start(): Promise<void> {
    this.#show(await this.#channel.request('ready', null));
  }

  #write(lora: LoraChange): Promise<boolean> {
    const changes = Object.entries(lora).map(([key, value]) => ({ path: ['lora', key], value }));
    return this.#ask('setValues', changes);
  }

  /** False where it couldn't be done; the panel says why. */
  async #ask<K extends keyof ModelAsks>(name: K, params: ModelAsks[K]['params']): Promise<boolean> {
    const refusal = await refusalOf(this.#channel.request(name, params), this.words);
    if (refusal !== this.#refusal) {
      this.#refusal = refusal;
      this.redraw();
    }
    return refusal === null;
  }

  #show(picture: ModelPicture): void {
    this.#picture = picture;
    const { recipe } = picture.setting;
    this.#draft.follow(recipe === null ? null : fullRecipe(recipe).lora);
    this.redraw();
  }

  #page(): TemplateResult {
    const { t } = this.words;
    const picture = this.#picture;
    if (picture === null) return html`<p class="empty" role="status">${t('Loading…')}</p>`;
    const reckoning = this.#reckoner.reckon(picture, this.#draft.values, this.#choices.compare, this.words);
    return html`
      <div class="page" aria-busy=${picture.setting.state.kind === 'reading'}>
        ${header(picture, this)} ${status(picture, this)}
        ${this.#refusal === null ? nothing : html`<p class="notice warn" role="alert">${this.#refusal}</p>`}
        ${reckoning === null ? nothing : this.#content(picture, reckoning)} ${this.tip.element}
      </div>
    `;
  }

  #content(picture: ModelPicture, reckoning: Reckoning): TemplateResult {
    const { picture: map, detail } = this.#map.render(this.#reckoner, reckoning);
    return html`
      ${figures(reckoning, this)}
      <div class="main">
        <div class="side">${controls(reckoning, picture, this)} ${detail}</div>
        ${map}
      </div>
      ${memory(reckoning, picture, this)}
    `;
  }
}
