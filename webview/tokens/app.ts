import { html, nothing, render, type TemplateResult } from 'lit';
import { Channel, type Port } from '../../src/protocol/channel';
import type { TokensAsks, TokensPicture, TokensTells } from '../../src/protocol/tokenPanel';
import { panelRoot } from '../shared/panelRoot';
import { refusalOf } from '../shared/refusal';
import { Tip } from '../shared/tip';
import { type Words, wordsFor } from '../shared/words';
import { type BatchChoices, Batches } from './batches';
import type { ViewContext } from './context';
import { counts } from './counts';
import { findings } from './findings';
import { header } from './header';
import { lengths } from './lengths';
import { status } from './status';
import { styles } from './styles';

export interface AppOptions {
  readonly port: Port;
  readonly language: string;
  /** What an earlier life of the panel kept. */
  readonly kept: unknown;
  keep(choices: BatchChoices): void;
}

/** The token view. It shows whole pictures that the extension sends; what a person has set stays while they change. */
export class TokensApp implements ViewContext {
  readonly words: Words;
  readonly tip = new Tip();
  readonly ask: ViewContext['ask'] = (name, params) => void this.#ask(name, params);
  readonly #root = panelRoot(styles);
  readonly #channel: Channel<TokensAsks, TokensTells>;
  readonly #batches: Batches;
  #picture: TokensPicture | null = null;
  /** Why the last thing that was asked for couldn't be done. */
  #refusal: string | null = null;

  constructor({ port, language, kept, keep }: AppOptions) {
    this.words = wordsFor(language);
    this.#batches = new Batches(this, choicesOf(kept), () => keep(this.#batches.choices));
    this.#channel = new Channel<TokensAsks, TokensTells>(port, {
      state: (state) => {
        if (this.#picture !== null) this.#show({ ...this.#picture, state });
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

  redraw(): void {
    render(this.#page(), this.#root);
  }

  async #start(): Promise<void> {
    this.#show(await this.#channel.request('ready', null));
  }

  async #ask<K extends keyof TokensAsks>(name: K, params: TokensAsks[K]['params']): Promise<void> {
    const refusal = await refusalOf(this.#channel.request(name, params), this.words);
    if (refusal === this.#refusal) return;
    this.#refusal = refusal;
    this.redraw();
  }

  #show(picture: TokensPicture): void {
    if (picture.view !== this.#picture?.view) this.tip.hide();
    this.#picture = picture;
    this.redraw();
  }

  #page(): TemplateResult {
    const { t } = this.words;
    const picture = this.#picture;
    if (picture === null) return html`<p class="empty" role="status">${t('Loading…')}</p>`;
    const { view, state, recipeName } = picture;
    return html`
      <div class="page" aria-busy=${state.kind === 'working'}>
        ${header(recipeName, view, this)} ${status(picture, this)}
        ${this.#refusal === null ? nothing : html`<p class="notice warn" role="alert">${this.#refusal}</p>`}
        ${view === null ? nothing : this.#content(view)} ${this.tip.element}
      </div>
    `;
  }

  #content(view: NonNullable<TokensPicture['view']>): TemplateResult {
    return html`${findings(view.findings, view.source === 'editor', this)} ${counts(view, this)} ${lengths(view, this)}
    ${this.#batches.render(view)}`;
  }
}

function choicesOf(kept: unknown): BatchChoices {
  const given = typeof kept === 'object' && kept !== null ? kept : {};
  return {
    batch: 'batch' in given && typeof given.batch === 'number' ? given.batch : 0,
    zoom: 'zoom' in given && given.zoom === 'text' ? 'text' : 'blocks',
  };
}
