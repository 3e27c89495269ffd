import { readFileSync } from 'node:fs';

/**
 * Whether Linux has ended processes for lack of memory since this was made, among those that share the trainer's limits
 * (docs.kernel.org/admin-guide/cgroup-v2, memory.events; cgroup-v1/memory, memory.oom_control), else anywhere (/proc/vmstat).
 * The kernel's log, which names the process, is for root alone.
 */
export class MemoryKills {
  readonly #file: string | null;
  readonly #before: number;

  constructor(pid: number) {
    this.#file = filesFor(pid).find((file) => count(file) !== null) ?? null;
    this.#before = this.#file === null ? 0 : (count(this.#file) ?? 0);
  }

  get happened(): boolean {
    return this.#file !== null && (count(this.#file) ?? 0) > this.#before;
  }
}

/** Where the count may stand, the most exact first. In a container the paths of /proc/<pid>/cgroup may be the host's. */
function filesFor(pid: number): readonly string[] {
  if (process.platform !== 'linux') return [];
  const groups = read(`/proc/${pid}/cgroup`) ?? '';
  const v1 = /^\d+:[^:\n]*\bmemory\b[^:\n]*:(.*)$/m.exec(groups)?.[1];
  const v2 = /^0::(.*)$/m.exec(groups)?.[1];
  return [
    ...(v2 === undefined ? [] : [`/sys/fs/cgroup${v2}/memory.events`]),
    ...(v1 === undefined ? [] : [`/sys/fs/cgroup/memory${v1}/memory.oom_control`]),
    '/sys/fs/cgroup/memory.events',
    '/sys/fs/cgroup/memory/memory.oom_control',
    '/proc/vmstat',
  ];
}

function count(file: string): number | null {
  const found = /^oom_kill (\d+)$/m.exec(read(file) ?? '');
  return found === null ? null : Number(found[1]);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
