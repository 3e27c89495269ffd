import type { Port } from '../../src/protocol/channel';

/** What VS Code gives to a webview's script, once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** The way to the extension. */
export const hostPort: Port = {
  post: (packet) => api.postMessage(packet),
  listen: (receive) => {
    const listener = (event: MessageEvent<unknown>): void => receive(event.data);
    window.addEventListener('message', listener);
    return { dispose: () => window.removeEventListener('message', listener) };
  },
};

/** The file that the tab is about, kept for the extension: it finds the tab by it when a reloaded window brings it back. */
const subject = document.documentElement.dataset['subject'] ?? null;

/** What survives hiding the tab and reloading the window: keep it small, it is no document. */
export const viewState = {
  get: (): unknown => {
    const kept = api.getState();
    return typeof kept === 'object' && kept !== null && 'choices' in kept ? kept.choices : undefined;
  },
  set: (choices: unknown): void => api.setState({ subject, choices }),
};
viewState.set(viewState.get());

/** Of the editor, as BCP 47, lower case. */
export const language = document.documentElement.lang.toLowerCase() || 'en';
