import { message } from '../../common/message';
import { hubEndpoint, hubIsOff } from '../model/hubSettings';
import { HubError } from './hubError';
import { pushFetch } from './pushFetch';

/** What the functions of @huggingface/hub are given, and what their troubles are told with. */
export interface HubClient {
  readonly endpoint: string;
  readonly host: string;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
}

export interface ClientOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly token: string;
  readonly signal: AbortSignal;
  /** How long nothing may come or go. */
  readonly timeoutMs?: number;
  /** Before a request is made anew. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onWait?: (seconds: number) => void;
  /** Bytes of a file that went out; negative where they go out anew. */
  readonly onSent?: (path: string, bytes: number) => void;
}

const TIMEOUT_MS = 60_000;

/** Throws HubError where the Hub may not be asked, or HF_ENDPOINT is no address. */
export function hubClient(options: ClientOptions): HubClient {
  const {
    env,
    token,
    signal,
    timeoutMs = TIMEOUT_MS,
    pause = pauseFor,
    onWait = () => {},
    onSent = () => {},
  } = options;
  const endpoint = endpointOf(env);
  const { host } = new URL(endpoint);
  const connection = { endpoint, host, token, signal, timeoutMs, pause, onWait, onSent };
  return { endpoint, host, signal, fetch: pushFetch(connection) };
}

/** Where tokens are made. */
export function tokensPage(env: NodeJS.ProcessEnv): string {
  return `${endpointOf(env)}/settings/tokens`;
}

/** Throws HubError where the Hub may not be asked. */
function endpointOf(env: NodeJS.ProcessEnv): string {
  if (hubIsOff(env))
    throw new HubError(
      'offline',
      message('HF_HUB_OFFLINE is set, so the Hub is not asked; nothing was sent.'),
      message('Take HF_HUB_OFFLINE and TRANSFORMERS_OFFLINE out of the environment and try again.'),
    );
  const endpoint = hubEndpoint(env);
  if (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)) return endpoint;
  throw new HubError(
    'strange',
    message('HF_ENDPOINT is no address: {0}', endpoint),
    message('Write it with its scheme, such as https://huggingface.co, or take it out.'),
  );
}

/** What @huggingface/hub throws besides is an answer that it didn't understand, or one that broke off. */
export async function asked<T>({ host, signal }: HubClient, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HubError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new HubError(
      'strange',
      message('The answer of {0} can’t be used: {1}', host, why.slice(0, 200)),
      message('Try again; behind a proxy or a mirror (HF_ENDPOINT) try without it.'),
      { cause: error },
    );
  }
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
