import * as vscode from 'vscode';
import { descriptionOf, iconOf, labelOf } from './runLabel';
import type { Run, Runs } from './runs';

interface Asked {
  readonly title: string;
  /** Which runs it makes sense for. */
  readonly fits?: (run: Run) => boolean;
}

interface AskedForSome extends Asked {
  readonly least?: number;
  /** Run directories that are chosen from the start. */
  readonly chosen?: readonly string[];
}

interface RunPick extends vscode.QuickPickItem {
  readonly run: Run;
}

/** Asks which run is meant. Null where the person declined, or where there is none to choose. */
export async function pickRun(runs: Runs, { title, fits = () => true }: Asked): Promise<Run | null> {
  const picks = await picksOf(runs, fits);
  if (picks === null) return null;
  return (await vscode.window.showQuickPick(picks, { title, matchOnDescription: true }))?.run ?? null;
}

export async function pickRuns(
  runs: Runs,
  { title, fits = () => true, least = 1, chosen: already = [] }: AskedForSome,
): Promise<readonly Run[] | null> {
  const picks = await picksOf(runs, fits, { least, chosen: already });
  if (picks === null) return null;
  const chosen = await vscode.window.showQuickPick(picks, { title, matchOnDescription: true, canPickMany: true });
  if (chosen === undefined || chosen.length === 0) return null;
  if (chosen.length >= least) return chosen.map(({ run }) => run);
  void vscode.window.showInformationMessage(vscode.l10n.t('Choose at least {0} runs.', least));
  return null;
}

async function picksOf(
  runs: Runs,
  fits: (run: Run) => boolean,
  { least = 1, chosen = [] }: Omit<AskedForSome, 'title'> = {},
): Promise<RunPick[] | null> {
  await runs.look();
  const fitting = runs.all.filter(fits);
  if (fitting.length >= least)
    return fitting.map((run) => ({
      run,
      label: labelOf(run),
      description: descriptionOf(run),
      iconPath: stillIconOf(run),
      picked: chosen.includes(run.directory),
    }));
  const why =
    runs.all.length === 0
      ? vscode.l10n.t('Nothing was run here yet.')
      : least > 1
        ? vscode.l10n.t('There are fewer than {0} such runs.', least)
        : vscode.l10n.t('No run here is one that this can be done with.');
  void vscode.window.showInformationMessage(why);
  return null;
}

/** A quick pick draws a turning icon beside its place. */
function stillIconOf(run: Run): vscode.ThemeIcon {
  const icon = iconOf(run);
  return icon.id === 'loading~spin' ? new vscode.ThemeIcon('loading') : icon;
}
