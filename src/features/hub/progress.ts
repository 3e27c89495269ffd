import * as vscode from 'vscode';
import { amountsIn } from '../../core/model/amounts';
import { PHASE_WORDS } from '../../engine/hub/phaseWords';
import type { PushProgress } from '../../engine/hub/progress';
import { words } from '../../platform/words';

/** Draws a push in a notification: the bar moves by bytes, and only forward, as the editor's bars do. */
export function pushProgress(
  progress: vscode.Progress<{ message?: string; increment?: number }>,
): (step: PushProgress) => void {
  const amounts = amountsIn(vscode.env.language);
  let drawn = 0;
  return (step) => {
    if (step.kind === 'phase') return progress.report({ message: words(PHASE_WORDS[step.phase]) });
    if (step.kind === 'waiting')
      return progress.report({ message: vscode.l10n.t('waiting {0} s, then once more', step.seconds) });
    const percent = step.totalOf === 0 ? 100 : (step.total / step.totalOf) * 100;
    const increment = Math.max(0, percent - drawn);
    drawn += increment;
    const message = vscode.l10n.t(
      '{0} of {1} · {2}',
      amounts.bytes(step.total),
      amounts.bytes(step.totalOf),
      step.path,
    );
    return progress.report({ message, increment });
  };
}
