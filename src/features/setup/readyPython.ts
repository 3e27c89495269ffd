import * as vscode from 'vscode';
import { baseInterpreter, existingEnvironment } from '../../engine/python/createEnvironment';
import { probeInterpreter } from '../../engine/python/interpreters';
import { CORE_PACKAGES, type Mismatch, mismatches } from '../../engine/python/lock';

/** Whether training can start, and with which interpreter. */
export type Readiness =
  | { readonly kind: 'ready'; readonly python: string; readonly otherVersions: readonly Mismatch[] }
  /** The interpreter of the settings does not answer. */
  | { readonly kind: 'noInterpreter'; readonly python: string }
  /** The interpreter of the settings lacks packages. */
  | { readonly kind: 'missingPackages'; readonly python: string; readonly missing: readonly string[] }
  /** Nothing is set up yet. */
  | { readonly kind: 'nothing' };

/** `pythonPath`: what the settings name; null: Tunebook's own environment. */
export async function readiness(pythonPath: string | null, lock: string): Promise<Readiness> {
  if (pythonPath === null) return ownEnvironment(lock);
  const interpreter = await probeInterpreter(pythonPath, CORE_PACKAGES);
  if (interpreter === null) return { kind: 'noInterpreter', python: pythonPath };
  const differences = mismatches(lock, interpreter.packages);
  const missing = differences.filter(({ found }) => found === null).map((difference) => difference.package);
  return missing.length > 0
    ? { kind: 'missingPackages', python: pythonPath, missing }
    : { kind: 'ready', python: pythonPath, otherVersions: differences };
}

async function ownEnvironment(lock: string): Promise<Readiness> {
  try {
    const existing = await existingEnvironment(lock, await baseInterpreter(null));
    return existing === null ? { kind: 'nothing' } : { kind: 'ready', python: existing.python, otherVersions: [] };
  } catch {
    return { kind: 'nothing' }; // no Python at all: said when one is to be made
  }
}

/** Why training can't start, for a person; null when it can. */
export function explainReadiness(state: Readiness): string | null {
  switch (state.kind) {
    case 'ready':
      return null;
    case 'noInterpreter':
      return vscode.l10n.t('{0} is no Python interpreter that answers.', state.python);
    case 'missingPackages':
      return vscode.l10n.t('{0} has no {1}.', state.python, state.missing.join(', '));
    case 'nothing':
      return vscode.l10n.t('Training needs Python with PyTorch, transformers, TRL and PEFT.');
    default:
      return state satisfies never;
  }
}
