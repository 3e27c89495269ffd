import type * as vscode from 'vscode';
import { DisposableStore } from '../../common/disposable';
import { commands } from '../../platform/commands';
import type { Push } from './push';
import type { HubServices } from './services';
import type { SignIn } from './signIn';

/** What the editor's API lets no other extension see, tests among them. */
export interface HubFeature extends vscode.Disposable {
  /** Loaded when they are asked for. */
  signIn(): Promise<SignIn>;
  push(): Promise<Push>;
}

/** The way to the Hugging Face Hub: signing in, and pushing an adapter. */
export function registerHub(services: HubServices, secrets: vscode.SecretStorage): HubFeature {
  const store = new DisposableStore();
  const { env } = process;
  const signIn = async (): Promise<SignIn> => new (await import('./signIn')).SignIn(secrets, env);
  const push = async (): Promise<Push> => new (await import('./push')).Push(services, await signIn(), env);
  const handlers = {
    pushToHub: async (argument: unknown) => (await push()).run(argument),
    signInToHub: async () => (await signIn()).signIn(),
    signOutOfHub: async () => (await signIn()).signOut(),
  };
  for (const command of commands(handlers)) store.add(command);
  return { signIn, push, dispose: () => store.dispose() };
}
