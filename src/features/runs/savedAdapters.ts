import { access } from 'node:fs/promises';
import * as path from 'node:path';
import type { SavedAdapter } from '../savedAdapter';
import { descriptionOf, labelOf, nameOf } from './runLabel';
import type { Runs } from './runs';

/** Of all runs here, the newest first; those whose folder is still there. Runs that saved to one folder have one adapter. */
export async function savedAdapters(runs: Runs): Promise<readonly SavedAdapter[]> {
  await runs.look();
  const found = new Map<string, SavedAdapter>();
  for (const run of runs.all) {
    const { adapter } = run.summary;
    if (adapter === null || found.has(adapter) || !(await holdsAdapter(adapter))) continue;
    found.set(adapter, {
      folder: adapter,
      runDirectory: run.directory,
      name: nameOf(run),
      label: labelOf(run),
      description: descriptionOf(run),
    });
  }
  return [...found.values()];
}

function holdsAdapter(folder: string): Promise<boolean> {
  return access(path.join(folder, 'adapter_config.json')).then(
    () => true,
    () => false,
  );
}
