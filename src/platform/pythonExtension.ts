import * as vscode from 'vscode';

/** The part of the Python extension's API that is used here (ms-python.python, `PythonExtension.environments`). */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    readonly known: readonly { readonly executable: { readonly uri?: vscode.Uri } }[];
    resolveEnvironment(path: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

export interface EditorInterpreters {
  /** The interpreter that the Python extension has selected, or null. */
  readonly active: string | null;
  readonly known: readonly string[];
}

/** Interpreters that the Python extension knows; none where it isn't installed. Never throws: another extension's trouble is not ours. */
export async function editorInterpreters(
  resource: vscode.Uri | undefined,
  log: (text: string) => void,
): Promise<EditorInterpreters> {
  const extension = vscode.extensions.getExtension('ms-python.python');
  if (extension === undefined) return { active: null, known: [] };
  try {
    const api: unknown = await extension.activate();
    if (!isPythonApi(api)) return { active: null, known: [] };
    const active = await api.environments.resolveEnvironment(api.environments.getActiveEnvironmentPath(resource));
    return {
      active: active?.executable.uri?.fsPath ?? null,
      known: api.environments.known.flatMap(({ executable }) =>
        executable.uri === undefined ? [] : [executable.uri.fsPath],
      ),
    };
  } catch (error) {
    log(`The Python extension did not answer: ${String(error)}`);
    return { active: null, known: [] };
  }
}

function isPythonApi(value: unknown): value is PythonApi {
  if (typeof value !== 'object' || value === null || !('environments' in value)) return false;
  const { environments } = value;
  return (
    typeof environments === 'object' &&
    environments !== null &&
    'getActiveEnvironmentPath' in environments &&
    'resolveEnvironment' in environments &&
    'known' in environments
  );
}
