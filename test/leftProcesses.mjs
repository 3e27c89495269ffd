// Everything that a stage of tests starts carries a mark in its environment, and so does what that starts: at the end of
// the stage, no process with the mark may be left. (Linux: from /proc; elsewhere nothing is found.)
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** pytest sets and looks for the same one (test/trainer/left_processes.py). */
const MARK = 'TUNEBOOK_TEST_STAGE';
/** A trainer without host ends 15 s later at the latest; two busy cores may take their time. */
const ENDING_MS = 45_000;

export function markStage() {
  process.env[MARK] = `${process.pid}-${Date.now()}`;
}

/**
 * Waits until none of the stage's trainers, their workers and command lines is left. Ends those that stay, and throws an
 * error that names them.
 */
export async function expectNoneLeft(timeoutMs = ENDING_MS) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const left = await marked();
    if (left.length === 0) return;
    if (Date.now() > end) {
      for (const { id } of left) endProcess(id);
      throw new Error(
        `The tests left processes behind:\n${left.map(({ id, command }) => `  ${id} ${command}`).join('\n')}`,
      );
    }
    await sleep(100);
  }
}

async function marked() {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(ids.map(Number).map(looked));
  return found.filter((process) => process !== null);
}

/** Null for what isn't ours to look at, and for the stage's own tools, which end with it. */
async function looked(id) {
  try {
    const environment = (await readFile(`/proc/${id}/environ`, 'utf8')).split('\0');
    if (id === process.pid || !environment.includes(`${MARK}=${process.env[MARK]}`)) return null;
    const command = (await readFile(`/proc/${id}/cmdline`, 'utf8')).split('\0').join(' ').trim();
    const program = basename(await readlink(`/proc/${id}/exe`));
    return isTool(program, command) ? null : { id, command };
  } catch {
    return null; // ended meanwhile, or somebody else's
  }
}

function isTool(program, command) {
  return /^(esbuild|chrom)/.test(program) || (program === 'node' && !/\w\.cjs\b/.test(command));
}

function endProcess(id) {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
