import type { Message } from '../../src/common/message';
import { Channel, type Port, RequestError } from '../../src/protocol/channel';
import type { FormatProgress, Mapping } from '../../src/protocol/dataset';
import type { FormatEnd, FormatPanelCalls } from '../../src/protocol/formatPanel';
import { blankMapping, mappingOf } from './choice';
import { mappingProblems } from './problems';
import { type Choice, EMPTY, isKept, type Kept, type State } from './state';
import type { Actions } from './view';

/** Typing is over for the moment. */
const PAUSE_MS = 250;

interface Storage {
  get(): unknown;
  set(state: unknown): void;
}

/** What the panel knows, what a person does with it, and the talk with the extension. */
export class App implements Actions {
  state: State = EMPTY;
  readonly #channel: Channel<FormatPanelCalls, Record<never, never>>;
  readonly #storage: Storage;
  readonly #draw: () => void;
  #previewing: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #editing = false;

  constructor(port: Port, storage: Storage, draw: () => void) {
    this.#channel = new Channel(port, {});
    this.#storage = storage;
    this.#draw = draw;
  }

  async start(): Promise<void> {
    try {
      const snapshot = await this.#channel.request('ready', null);
      const stored = this.#storage.get();
      const kept = isKept(stored) ? stored : null;
      this.#editing = kept?.editing ?? false;
      const running = snapshot.job?.kind === 'running';
      this.#set({
        snapshot,
        target: kept?.target ?? snapshot.target,
        mapping: kept?.mapping ?? null,
        choice: kept?.choice ?? null,
        job: this.#editing && !running ? null : snapshot.job,
      });
      void this.#preview();
      if (running) await this.#follow();
    } catch (error) {
      this.#set({ loading: false, failure: wordsOf(error) });
    }
  }

  choose(choice: Choice): void {
    const { preview, mapping } = this.state;
    if (preview === null) return;
    this.#set({ choice, mapping: mappingOf(choice, preview.detections, preview.columns, mapping) });
    this.#keep();
    void this.#preview();
  }

  change(mapping: Mapping): void {
    // Where the fields say what is wrong, the preview stays as it was until it is mended.
    const wrong = mappingProblems({ mapping, preview: this.state.preview }).length > 0;
    this.#set({ mapping, loading: !wrong });
    this.#keep();
    clearTimeout(this.#timer);
    this.#previewing?.abort();
    if (wrong) return;
    this.#timer = setTimeout(() => void this.#preview(), PAUSE_MS);
  }

  reset(): void {
    if (this.state.choice !== null) this.choose(this.state.choice);
  }

  retry(): void {
    void this.#preview();
  }

  setTarget(target: string): void {
    this.#set({ target, ...(this.state.job?.kind === 'exists' ? { job: null } : {}) });
    this.#keep();
  }

  chooseTarget(): void {
    void this.#attempt(async () => {
      const chosen = await this.#channel.request('chooseTarget', { target: this.state.target });
      if (chosen !== null) this.setTarget(chosen);
    });
  }

  convert(overwrite: boolean): void {
    const { mapping, target } = this.state;
    if (mapping === null || this.state.job?.kind === 'running') return;
    if (mappingProblems(this.state).length > 0 || target.trim() === '') return;
    this.#editing = false;
    this.#set({ job: { kind: 'running', progress: null }, usedIn: null, complaint: null });
    this.#keep();
    void this.#end(
      this.#channel.request('format', { mapping, target, overwrite }, { onProgress: (told) => this.#told(told) }),
    );
  }

  cancel(): void {
    void this.#attempt(() => this.#channel.request('cancelFormat', null));
  }

  back(): void {
    this.#editing = true;
    this.#set({ job: null, complaint: null });
    this.#keep();
    void this.#preview();
  }

  openLine(line: number): void {
    void this.#attempt(() => this.#channel.request('openSourceLine', { line }));
  }

  openResult(file: 'target' | 'problems'): void {
    void this.#attempt(() => this.#channel.request('openResult', { file }));
  }

  useInRecipe(): void {
    void this.#attempt(async () => {
      const used = await this.#channel.request('useInRecipe', null);
      if (used !== null) this.#set({ usedIn: used.recipe });
    });
  }

  formatAnother(): void {
    void this.#attempt(() => this.#channel.request('formatAnother', null));
  }

  unfold(key: string, whole: boolean): void {
    const unfolded = new Set(this.state.unfolded);
    if (whole) unfolded.add(key);
    else unfolded.delete(key);
    this.#set({ unfolded });
  }

  dismiss(): void {
    this.#set({ complaint: null, job: this.state.job?.kind === 'running' ? this.state.job : null });
  }

  /** Whatever was asked for before is of no interest any more. */
  async #preview(): Promise<void> {
    clearTimeout(this.#timer);
    this.#previewing?.abort();
    const { signal } = (this.#previewing = new AbortController());
    const asked = this.state.mapping;
    this.#set({ loading: true });
    try {
      const preview = await this.#channel.request('preview', { mapping: asked }, { signal });
      this.#set({ preview, loading: false, failure: null });
      // the first look: what was recognised, or something to begin with
      if (asked === null && preview.mapping !== null) this.#set({ mapping: preview.mapping, choice: 0 });
      else if (asked === null && preview.columns.length > 0)
        this.#set({ mapping: blankMapping('columns', preview.columns, null), choice: 'columns' });
      if (asked === null && preview.mapping === null && this.state.mapping !== null) void this.#preview();
    } catch (error) {
      if (!signal.aborted) this.#set({ loading: false, failure: wordsOf(error) });
    }
  }

  async #follow(): Promise<void> {
    await this.#end(this.#channel.request('follow', null, { onProgress: (told) => this.#told(told) }));
  }

  async #end(ending: Promise<FormatEnd | null>): Promise<void> {
    try {
      this.#set({ job: await ending });
    } catch (error) {
      this.#set({ job: { kind: 'failed', reason: wordsOf(error) } });
    }
  }

  #told(progress: FormatProgress): void {
    if (this.state.job?.kind === 'running') this.#set({ job: { kind: 'running', progress } });
  }

  async #attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      this.#set({ complaint: null });
      await act();
    } catch (error) {
      this.#set({ complaint: wordsOf(error) });
    }
  }

  #keep(): void {
    const { choice, mapping, target } = this.state;
    if (choice === null || mapping === null) return;
    this.#storage.set({ version: 1, choice, mapping, target, editing: this.#editing } satisfies Kept);
  }

  #set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    this.#draw();
  }
}

function wordsOf(error: unknown): Message {
  if (error instanceof RequestError) return error.words;
  return { text: '{0}', args: [error instanceof Error ? error.message : String(error)] };
}
