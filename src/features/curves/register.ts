import * as path from 'node:path';
import type * as vscode from 'vscode';
import { restorePanels } from '../../platform/webviewPanel';
import type { CurvesServices } from './curvesPanel';
import type { CurvesViews } from './curvesViews';

export interface CurvesFeature extends vscode.Disposable {
  /** The curves of these run directories, over each other. */
  show(directories: readonly string[]): Promise<void>;
}

/** The curves of runs; what they need is loaded with the first ones. */
export function registerCurves(services: CurvesServices, extensionUri: vscode.Uri): CurvesFeature {
  let loaded: Promise<CurvesViews> | null = null;
  const views = (): Promise<CurvesViews> =>
    (loaded ??= import('./curvesViews').then((module) => new module.CurvesViews(extensionUri, services)));
  // The page itself knows the others that it showed, and asks for them.
  const restoring = restorePanels('curves', async (run, panel) => {
    (await views()).show([run.fsPath], panel);
  });
  return {
    show: async (directories) => {
      if (directories.length > 0)
        (await views()).show(
          directories.map((directory) => path.resolve(directory)),
          null,
        );
    },
    dispose: () => {
      restoring.dispose();
      void loaded?.then((opened) => opened.dispose());
    },
  };
}
