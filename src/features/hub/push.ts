import * as path from 'node:path';
import * as vscode from 'vscode';
import { planPush, type PushPlan } from '../../engine/hub/adapterFiles';
import { HubError } from '../../engine/hub/hubError';
import { COMMIT_TITLE, pushAdapter, type PushRequest, type PushResult } from '../../engine/hub/push';
import { asRepoName } from '../../engine/hub/repoName';
import { ensureTrusted } from '../../platform/trust';
import type { SavedAdapter } from '../savedAdapter';
import { pushProgress } from './progress';
import { askPerson, NEEDED, type PushQuestions } from './questions';
import type { HubServices } from './services';
import type { SignedIn, SignIn } from './signIn';
import { hubErrorText, withoutTrouble } from './troubles';

/** "Push to the Hub": from an adapter to its page, in a few questions, with everything shown before anything is sent. */
export class Push {
  readonly #services: HubServices;
  readonly #signIn: SignIn;
  readonly #env: NodeJS.ProcessEnv;

  constructor(services: HubServices, signIn: SignIn, env: NodeJS.ProcessEnv) {
    this.#services = services;
    this.#signIn = signIn;
    this.#env = env;
  }

  /** On an adapter's or a run's row, on a folder, or asked which is meant. Null where declined or refused, in words. */
  async run(argument: unknown, ask: PushQuestions = askPerson): Promise<PushResult | null> {
    if (!(await ensureTrusted(vscode.l10n.t('Pushing sends files of this workspace, so it needs a trusted one.'))))
      return null;
    const adapter = await this.#adapter(argument, ask);
    if (adapter === null) return null;
    const plan = await withoutTrouble(() => planPush(adapter.folder, { trainingArgs: true }));
    if (plan === null) return null;
    const signedIn = await this.#signIn.account();
    if (signedIn === null) return null;
    const request = await askAll(ask, plan, `${signedIn.account.name}/${asRepoName(adapter.name)}`);
    return request === null ? null : this.#push(request, signedIn, ask);
  }

  async #adapter(argument: unknown, ask: PushQuestions): Promise<{ folder: string; name: string } | null> {
    const folder = folderOf(argument);
    const all = await this.#services.adapters();
    if (folder !== null) return { folder, name: nameFor(folder, all) };
    const run = runOf(argument);
    const own = run === null ? all : all.filter(({ runDirectory }) => runDirectory === run);
    if (own.length === 0) {
      void vscode.window.showInformationMessage(
        run === null
          ? vscode.l10n.t('No run here has saved an adapter yet: run the save cell of a recipe first.')
          : vscode.l10n.t('This run has saved no adapter, or its folder is not there any more.'),
      );
      return null;
    }
    const [only] = own;
    return (run !== null && only !== undefined ? only : await ask.adapter(own)) ?? null;
  }

  async #push(request: PushRequest, signedIn: SignedIn, ask: PushQuestions): Promise<PushResult | null> {
    try {
      const result = await this.#send(request, signedIn.token);
      if (result === null) {
        void vscode.window.showInformationMessage(vscode.l10n.t('Cancelled: nothing was committed.'));
        return null;
      }
      void tell(result);
      return result;
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      const again = await agreed(error, request, ask);
      if (again !== null) return this.#push(again, signedIn, ask);
      if (error.kind !== 'exists' && error.kind !== 'public') void this.#tellTrouble(error, request, signedIn, ask);
      return null;
    }
  }

  /** Null where it was cancelled. */
  async #send(request: PushRequest, token: string): Promise<PushResult | null> {
    const title = vscode.l10n.t('Pushing to {0}', request.repo);
    const location = vscode.ProgressLocation.Notification;
    return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, cancellation) => {
      const abort = new AbortController();
      const listener = cancellation.onCancellationRequested(() => abort.abort());
      try {
        const onProgress = pushProgress(progress);
        return await pushAdapter(request, { env: this.#env, token, signal: abort.signal, onProgress });
      } catch (error) {
        if (abort.signal.aborted && !(error instanceof HubError)) return null;
        throw error;
      } finally {
        listener.dispose();
      }
    });
  }

  async #tellTrouble(error: HubError, request: PushRequest, signedIn: SignedIn, ask: PushQuestions): Promise<void> {
    const again = vscode.l10n.t('Push Again');
    if ((await vscode.window.showErrorMessage(hubErrorText(error), again)) !== again) return;
    // the token may be what was wrong
    const now = error.kind === 'token' || error.kind === 'forbidden' ? await this.#signIn.signIn() : signedIn;
    if (now !== null) await this.#push(request, now, ask);
  }
}

async function askAll(ask: PushQuestions, plan: PushPlan, suggested: string): Promise<PushRequest | null> {
  const repo = (await ask.repo(suggested))?.trim();
  if (repo === undefined) return null;
  const isPrivate = await ask.isPrivate();
  if (isPrivate === undefined) return null;
  const files = await ask.files(plan, repo);
  if (files === undefined) return null;
  const missing = NEEDED.find((name) => !files.some((file) => file.path === name));
  if (missing !== undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Without {0} nobody can load the adapter; nothing was sent.', missing),
    );
    return null;
  }
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { plan: { ...plan, files, bytes }, repo, isPrivate, existOk: false, message: COMMIT_TITLE };
}

/** What is pushed all the same, where the person says so; null: they don't, or it isn't theirs to say. */
async function agreed({ kind }: HubError, request: PushRequest, ask: PushQuestions): Promise<PushRequest | null> {
  const { repo } = request;
  if (kind === 'exists') {
    const detail = vscode.l10n.t(
      'What you push becomes one new commit on top of what it has; older files stay in its history.',
    );
    const action = vscode.l10n.t('Push on Top');
    return (await ask.anyway(vscode.l10n.t('{0} is there already.', repo), detail, action))
      ? { ...request, existOk: true }
      : null;
  }
  if (kind !== 'public') return null;
  const detail = vscode.l10n.t('You asked for a private push, but everybody will see these files.');
  const action = vscode.l10n.t('Push Publicly');
  return (await ask.anyway(vscode.l10n.t('{0} is public.', repo), detail, action))
    ? { ...request, isPrivate: false }
    : null;
}

async function tell({ repo, url, commit, sent, isPrivate }: PushResult): Promise<void> {
  const open = vscode.l10n.t('Open on the Hub');
  const words =
    commit === null
      ? vscode.l10n.t('{0} has all of it already; nothing was sent.', repo)
      : isPrivate
        ? vscode.l10n.t('Pushed {0} files to {1} (private).', sent.length, repo)
        : vscode.l10n.t('Pushed {0} files to {1} (public).', sent.length, repo);
  if ((await vscode.window.showInformationMessage(words, open)) === open)
    await vscode.env.openExternal(vscode.Uri.parse(url));
}

/** An adapter's row, a folder of the explorer, or a path from elsewhere. */
function folderOf(argument: unknown): string | null {
  if (typeof argument === 'string') return argument;
  if (argument instanceof vscode.Uri) return argument.fsPath;
  const isAdapter = isRow(argument) && argument.kind === 'adapter' && 'path' in argument;
  return isAdapter && typeof argument.path === 'string' ? argument.path : null;
}

function runOf(argument: unknown): string | null {
  return isRow(argument) && typeof argument.directory === 'string' ? argument.directory : null;
}

function isRow(value: unknown): value is { readonly kind: unknown; readonly directory: unknown } {
  return typeof value === 'object' && value !== null && 'kind' in value && 'directory' in value;
}

function nameFor(folder: string, adapters: readonly SavedAdapter[]): string {
  return adapters.find((adapter) => adapter.folder === folder)?.name ?? path.basename(folder);
}
