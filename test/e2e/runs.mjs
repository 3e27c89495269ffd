// What a run left on disk: its directory and its event log.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Run directories of a workspace, oldest first: their names begin with the time. */
export async function runDirectories(workspace) {
  const folder = join(workspace, '.tunebook', 'runs');
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

/** Events so far. The last line may be half written: it is left out. */
export async function readEvents(directory) {
  const file = join(directory, 'events.jsonl');
  if (!existsSync(file)) return [];
  const text = await readFile(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Waits for an event that fits in the newest run of the workspace, when it has had so many `runs`. */
export async function waitForEvent(workspace, fits, timeoutMs, runs = 1) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const directories = await runDirectories(workspace);
    const directory = directories.length < runs ? undefined : directories.at(-1);
    const event = directory === undefined ? undefined : (await readEvents(directory)).find((one) => fits(one));
    if (event !== undefined) return { event, directory };
    if (Date.now() > end)
      throw new Error(
        `no such event within ${timeoutMs / 1000} s in ${directory ?? `run ${runs}, which is not there`}`,
      );
    await sleep(250);
  }
}

export async function sha256(file) {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
