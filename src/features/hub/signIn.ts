import * as vscode from 'vscode';
import { type Account, accountOf, ensureMayWrite } from '../../engine/hub/account';
import { hubClient, tokensPage } from '../../engine/hub/client';
import { HubError } from '../../engine/hub/hubError';
import { findToken, pastedToken } from '../../engine/hub/token';
import { sentence, withoutTrouble } from './troubles';

export interface SignedIn {
  readonly token: string;
  readonly account: Account;
}

/** Asks for a token; undefined: declined. `problem`: what was wrong with the one before. */
export type AskToken = (page: string, problem: string | null) => Promise<string | undefined>;

/**
 * The person's token, in the editor's secret storage alone. Each Hub has its own: one of huggingface.co must not go to whatever
 * HF_ENDPOINT names the next day.
 */
export class SignIn {
  readonly #secrets: vscode.SecretStorage;
  readonly #env: NodeJS.ProcessEnv;

  constructor(secrets: vscode.SecretStorage, env: NodeJS.ProcessEnv) {
    this.#secrets = secrets;
    this.#env = env;
  }

  /** Who pushes; asks to sign in where nobody is, or the token isn't valid. Null where declined. */
  async account(ask: AskToken = askToken): Promise<SignedIn | null> {
    return withoutTrouble(async () => {
      const page = tokensPage(this.#env);
      const found = await findToken(this.#env, await this.#kept(page));
      if (found === null) return this.#ask(page, null, ask);
      try {
        return { token: found.token, account: await this.#accountOf(found.token) };
      } catch (error) {
        if (!isOfToken(error)) throw error;
        return this.#ask(page, sentence(error.words), ask);
      }
    });
  }

  async signIn(ask: AskToken = askToken): Promise<SignedIn | null> {
    const signedIn = await withoutTrouble(() => this.#ask(tokensPage(this.#env), null, ask));
    if (signedIn !== null)
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Signed in to the Hub as {0}. The token is kept in the secret storage alone.',
          signedIn.account.name,
        ),
      );
    return signedIn;
  }

  async signOut(): Promise<void> {
    const page = await withoutTrouble(async () => tokensPage(this.#env));
    if (page === null) return;
    const had = (await this.#kept(page)) !== null;
    await this.#secrets.delete(keyOf(page));
    const left = await findToken(this.#env, null);
    void vscode.window.showInformationMessage(wordsOfSignOut(had, left?.place ?? null));
  }

  async #ask(page: string, before: string | null, ask: AskToken): Promise<SignedIn | null> {
    for (let problem = before; ;) {
      const typed = await ask(page, problem);
      if (typed === undefined) return null;
      const token = pastedToken(typed);
      if (token === null) {
        problem = notAToken();
        continue;
      }
      try {
        const account = await this.#accountOf(token);
        await this.#secrets.store(keyOf(page), token);
        return { token, account };
      } catch (error) {
        if (!isOfToken(error)) throw error;
        problem = sentence(error.words);
      }
    }
  }

  /** Throws where the token isn't valid or may not write. */
  async #accountOf(token: string): Promise<Account> {
    const location = vscode.ProgressLocation.Window;
    return vscode.window.withProgress({ location, title: vscode.l10n.t('Asking the Hub') }, async () => {
      const account = await accountOf(
        hubClient({ env: this.#env, token, signal: new AbortController().signal, timeoutMs: TIMEOUT_MS }),
      );
      ensureMayWrite(account, tokensPage(this.#env));
      return account;
    });
  }

  async #kept(page: string): Promise<string | null> {
    return (await this.#secrets.get(keyOf(page))) ?? null;
  }
}

/** A person waits for the answer. */
const TIMEOUT_MS = 15_000;

/** Another token mends it. */
function isOfToken(error: unknown): error is HubError {
  return error instanceof HubError && (error.kind === 'token' || error.kind === 'forbidden');
}

function keyOf(page: string): string {
  return `hubToken ${new URL(page).origin}`;
}

function notAToken(): string {
  return vscode.l10n.t('This can’t be a token: it holds blanks, or is too short.');
}

function wordsOfSignOut(had: boolean, left: 'editor' | 'environment' | 'file' | null): string {
  switch (left) {
    case 'environment':
      return vscode.l10n.t('Signed out here; HF_TOKEN is set, and is used from now on.');
    case 'file':
      return vscode.l10n.t(
        'Signed out here; the token of hf auth login is used from now on. Take it away with: hf auth logout',
      );
    default:
      return had ? vscode.l10n.t('Signed out of the Hub.') : vscode.l10n.t('Nobody was signed in to the Hub.');
  }
}

/** First where a token comes from, then the token: a newcomer has none. */
async function askToken(page: string, problem: string | null): Promise<string | undefined> {
  const title = vscode.l10n.t('Sign In to the Hugging Face Hub');
  const paste = {
    label: `$(key) ${vscode.l10n.t('I have a token')}`,
    detail: vscode.l10n.t('Paste one that may write.'),
  };
  const make = {
    label: `$(link-external) ${vscode.l10n.t('Make a token on the Hub')}`,
    detail: vscode.l10n.t('Opens {0}. Choose “Write”, then copy the token.', page),
  };
  const choice = await vscode.window.showQuickPick([make, paste], {
    // what was wrong with the last one must not be overlooked
    title: problem ?? title,
    placeHolder:
      problem === null
        ? vscode.l10n.t('Whoever pushes needs a token of their account.')
        : vscode.l10n.t('Sign in with another token.'),
    ignoreFocusOut: true,
  });
  if (choice === undefined) return undefined;
  if (choice === make) await vscode.env.openExternal(vscode.Uri.parse(page));
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Paste the token. It goes to the editor’s secret storage, never into a file or setting.'),
    placeHolder: 'hf_…',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' || pastedToken(text) !== null ? null : notAToken()),
  });
}
