import { execFile } from 'node:child_process';
import type { GpuMemory } from '../../protocol/model';
import { type ListedGpu, parseGpus, visibleGpus } from './gpuList';

/** A driver that hangs must not hold up the editor. */
const TIMEOUT_MS = 5000;
const MOST_BYTES = 1024 * 1024;

const FIELDS = ['index', 'uuid', 'name', 'mig.mode.current', 'memory.total', 'memory.free'];
/** Unknown to drivers before 510, which then answer nothing at all. */
const CAPABILITY = 'compute_cap';

export interface ReadGpusOptions {
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/**
 * The GPUs that a run would see, in the order of CUDA_VISIBLE_DEVICES, by nvidia-smi. Empty without it, without a driver, and
 * where it doesn't answer. Rejects with the signal's reason alone.
 */
export async function readGpus(options: ReadGpusOptions): Promise<readonly GpuMemory[]> {
  const listed = await listGpus(options);
  return visibleGpus(listed, options.env['CUDA_VISIBLE_DEVICES']);
}

async function listGpus(options: ReadGpusOptions): Promise<readonly ListedGpu[]> {
  const answer = await ask([...FIELDS, CAPABILITY], options);
  if (answer.kind === 'lines') return parseGpus(answer.text, { capability: true });
  if (answer.kind === 'none') return [];
  const older = await ask(FIELDS, options);
  return older.kind === 'lines' ? parseGpus(older.text, { capability: false }) : [];
}

type Answer = { readonly kind: 'lines'; readonly text: string } | { readonly kind: 'none' | 'refused' };

function ask(fields: readonly string[], { signal, env, timeoutMs = TIMEOUT_MS }: ReadGpusOptions): Promise<Answer> {
  const args = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'];
  return new Promise((resolve, reject) => {
    // SIGKILL: one that waits for the driver doesn't hear SIGTERM
    const options = { env, signal, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES } as const;
    execFile('nvidia-smi', args, { ...options, windowsHide: true }, (error, stdout) => {
      if (signal.aborted) reject(signal.reason);
      else if (error === null) resolve({ kind: 'lines', text: stdout });
      // a field that it doesn't know: exit code 2
      else resolve({ kind: error.code === 2 && !error.killed ? 'refused' : 'none' });
    });
  });
}
