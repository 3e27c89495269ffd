import { hubToken } from '../model/hubSettings';

/** Where the token was found, in the order in which it is looked for. */
export type TokenPlace = 'editor' | 'environment' | 'file';

export interface FoundToken {
  readonly token: string;
  readonly place: TokenPlace;
}

/** The editor's own, else HF_TOKEN, else the file that `hf auth login` writes; null: none. */
export async function findToken(env: NodeJS.ProcessEnv, kept: string | null): Promise<FoundToken | null> {
  if (kept !== null) return { token: kept, place: 'editor' };
  const found = await hubToken(env);
  if (found === null) return null;
  return { token: found, place: env['HF_TOKEN'] || env['HUGGING_FACE_HUB_TOKEN'] ? 'environment' : 'file' };
}

/** As a person pastes it; null: it can't be one, since a header's value can't hold it. */
export function pastedToken(text: string): string | null {
  const token = text.trim();
  return /^[\u0021-\u007e]{4,512}$/.test(token) ? token : null;
}
