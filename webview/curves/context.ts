import type { CurvesAsks } from '../../src/protocol/curvesPanel';
import type { Tip } from '../shared/tip';
import type { Words } from '../shared/words';
import type { Charts } from './charts';
import type { Choices } from './choices';
import type { PanelRun } from './panelRun';

/** What a part of the view may use. */
export interface ViewContext {
  readonly words: Words;
  readonly tip: Tip;
  readonly charts: Charts;
  readonly choices: Choices;
  /** All of the panel, hidden ones too. */
  readonly runs: readonly PanelRun[];
  /** Asks the extension; what it can't do is told in the view. */
  readonly ask: <K extends keyof CurvesAsks>(name: K, params: CurvesAsks[K]['params']) => void;
  /** Sets what a person chooses, and draws again. */
  readonly choose: (change: Partial<Choices>) => void;
  /** Shows these runs instead. */
  readonly showRuns: (directories: readonly string[]) => void;
  readonly exportAs: (kind: 'png' | 'csv') => void;
  readonly redraw: () => void;
}
