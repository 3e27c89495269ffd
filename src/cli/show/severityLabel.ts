import { assertNever } from '../../common/assertNever';
import type { Severity } from '../../core/recipe/problem';
import type { Terminal } from '../terminal';

/** In English in every language: editors and CI look for these words. */
export function severityLabel(severity: Severity, terminal: Terminal): string {
  switch (severity) {
    case 'error':
      return terminal.red('error');
    case 'warning':
      return terminal.yellow('warning');
    case 'information':
      return terminal.dim('information');
    default:
      return assertNever(severity);
  }
}
