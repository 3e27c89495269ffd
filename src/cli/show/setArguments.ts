import type { Change } from '../../core/run/failures/entry';
import { valueText } from '../../core/recipe/edit';

/** Changes of a recipe as a person would type them behind `tunebook train recipe.tune.yaml`. */
export function setArguments(changes: readonly Change[]): string {
  return changes.map(({ path, value }) => `--set ${quoted(`${path.join('.')}=${valueText(value)}`)}`).join(' ');
}

/** For a POSIX shell and for PowerShell, where what isn't plain stands in single quotes; inner ones are rare in a recipe. */
function quoted(text: string): string {
  return /^[\w.=:/+@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
