import { existsSync } from 'node:fs';
import * as path from 'node:path';

const RUNS = path.join('.tunebook', 'runs');

/** Where runs of a recipe in this folder are kept: the nearest .tunebook above it, as the editor keeps one for a workspace, else beside the recipe. */
export function runsDirectoryFor(folder: string, cwd: string, given: string | undefined): string {
  if (given !== undefined) return path.resolve(cwd, given);
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, RUNS))) return path.join(at, RUNS);
    if (path.dirname(at) === at) return path.join(folder, RUNS);
  }
}
