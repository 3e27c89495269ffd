import { html, render, type TemplateResult } from 'lit';
import { Channel, type Port } from '../../src/protocol/channel';
import type { CurvesAsks, CurvesPicture, CurvesTells, RunComparison } from '../../src/protocol/curvesPanel';
import { panelRoot } from '../shared/panelRoot';
import { refusalOf } from '../shared/refusal';
import { Tip } from '../shared/tip';
import { type Words, wordsFor } from '../shared/words';
import { Charts } from './charts';
import { type Choices, choicesOf } from './choices';
import type { ViewContext } from './context';
import { exportOf } from './exports/save';
import { Pace } from './pace';
import { page } from './page';
import { PanelRun } from './panelRun';
import { styles } from './styles';

export interface AppOptions {
  readonly port: Port;
  readonly language: string;
  /** What an earlier life of the panel kept. */
  readonly kept: unknown;
  keep(choices: Choices): void;
}

/** The curves of runs: a whole picture when it begins and when its runs change, then only what is new. */
export class CurvesApp implements ViewContext {
  readonly words: Words;
  readonly tip = new Tip();
  readonly charts: Charts;
  readonly ask: ViewContext['ask'] = (name, params) => void this.#ask(this.#channel.request(name, params));
  readonly redraw = (): void => this.#pace.now();
  readonly choose: ViewContext['choose'] = (change) => {
    this.choices = { ...this.choices, ...change };
    this.#keep(this.choices);
    // What a person sets is seen at once; the lines follow at their pace.
    this.#render();
    this.redraw();
  };
  readonly showRuns: ViewContext['showRuns'] = (directories) =>
    void this.#ask(this.#channel.request('showRuns', directories).then((picture) => this.#show(picture)));
  readonly exportAs: ViewContext['exportAs'] = (kind) => {
    const { host } = this.#root;
    if (!(host instanceof HTMLElement)) return;
    const save = exportOf(kind, this.charts, host, this.words).then((file) => this.#channel.request('saveFile', file));
    void this.#ask(save.then(() => null));
  };
  choices: Choices;
  runs: readonly PanelRun[] = [];
  comparison: RunComparison | null = null;
  loading = true;
  /** Why the last thing that was asked for couldn't be done. */
  refusal: string | null = null;
  tableOpen = false;
  readonly #root = panelRoot(styles);
  readonly #channel: Channel<CurvesAsks, CurvesTells>;
  readonly #keep: (choices: Choices) => void;
  readonly #pace = new Pace(() => this.#draw());
  readonly #look = new Pace(() => this.#render());

  constructor({ port, language, kept, keep }: AppOptions) {
    this.words = wordsFor(language);
    this.choices = choicesOf(kept);
    this.#keep = keep;
    this.charts = new Charts(this.words, this.redraw, () => this.#look.now());
    this.#channel = new Channel<CurvesAsks, CurvesTells>(port, {
      picture: (picture) => (this.#show(picture), null),
      update: (update) => {
        this.runs.find(({ facts }) => facts.directory === update.facts.directory)?.update(update);
        this.#pace.soon();
        return null;
      },
      comparison: (comparison) => {
        this.comparison = comparison;
        this.#pace.soon();
        return null;
      },
    });
    this.#render();
    void this.#start();
  }

  async #start(): Promise<void> {
    const { directories } = this.choices;
    const picture =
      directories.length > 0 ? this.#channel.request('showRuns', directories) : this.#channel.request('ready', null);
    await this.#ask(picture.then((shown) => this.#show(shown)));
  }

  async #ask(answer: Promise<unknown>): Promise<void> {
    const refusal = await refusalOf(answer, this.words);
    if (refusal === this.refusal) return;
    this.refusal = refusal;
    this.redraw();
  }

  #show({ runs, comparison }: CurvesPicture): void {
    this.loading = false;
    this.runs = runs.map((run) => new PanelRun(run));
    this.comparison = comparison;
    const directories = runs.map(({ facts }) => facts.directory);
    if (directories.join('\n') !== this.choices.directories.join('\n')) this.charts.showAll();
    this.choices = { ...this.choices, directories };
    this.#keep(this.choices);
    this.redraw();
  }

  #draw(): void {
    this.charts.setRuns(this.runs, this.choices, this.#root.host);
    this.#render();
    this.charts.draw();
  }

  #render(): void {
    render(this.#page(), this.#root);
  }

  #page(): TemplateResult {
    if (!this.loading) return page(this, this.#root.host);
    return html`<p class="empty" role="status">${this.refusal ?? this.words.t('Loading…')}</p>`;
  }
}
