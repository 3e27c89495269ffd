// Trainers that a test started, told apart from anybody else's by the folder that they work in.
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Process ids of the trainers whose run directory lies below `folder`. (Linux: from /proc; elsewhere the harness does not run.) */
export async function trainersBelow(folder) {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      try {
        const command = (await readFile(`/proc/${id}/cmdline`, 'utf8')).split('\0');
        if (!command.includes('tunebook_trainer')) return [];
        const places = [await readlink(`/proc/${id}/cwd`), ...command];
        return places.some((place) => place.startsWith(folder)) ? [Number(id)] : [];
      } catch {
        return []; // ended meanwhile, or not ours to read
      }
    }),
  );
  return found.flat();
}

/** Waits until no trainer is left below `folder`; those that stay are returned. */
export async function trainersLeft(folder, timeoutMs) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const left = await trainersBelow(folder);
    if (left.length === 0 || Date.now() > end) return left;
    await sleep(200);
  }
}

export async function endTrainersBelow(folder) {
  for (const id of await trainersBelow(folder)) {
    try {
      process.kill(id, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/** Process ids of the extension hosts of the server whose state lies in `state`. */
export async function extensionHostsOf(state) {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      try {
        const command = await readFile(`/proc/${id}/cmdline`, 'utf8');
        if (!command.includes('--type=extensionHost')) return [];
        return (await readFile(`/proc/${id}/environ`, 'utf8')).includes(state) ? [Number(id)] : [];
      } catch {
        return []; // ended meanwhile, or not ours to read
      }
    }),
  );
  return found.flat();
}
