import { spawn } from 'node:child_process';
import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import { decodeExportLine, type ExportBase, type Exported, type ExportLine } from '../../protocol/exporting';
import { EngineError } from '../engineError';
import { cannotStart } from './cannotStart';
import { LastLines } from './lastLines';
import { LineSplitter } from './lines';
import { signalGroup, trainerEnvironment } from './trainerProcess';

const KEPT_LINES = 15;
/** For taking half-written files away; then it is killed. */
const CLEAN_UP_MS = 10_000;

export interface ExportRequest {
  /** Folder of the adapter. */
  readonly adapter: string;
  /** The run that made it: how the base was loaded, what to ask. Null where nobody knows. */
  readonly runDirectory: string | null;
  readonly base: ExportBase;
  /** Null: where the training found it. */
  readonly baseModel: string | null;
  readonly output: string;
  /** Replace a former export. */
  readonly force: boolean;
}

export interface RunExportOptions {
  /** Interpreter that has the trainer's packages. */
  readonly python: string;
  /** Folder of the package `tunebook_trainer`. */
  readonly trainerSource: string;
  readonly cwd: string;
  readonly signal: AbortSignal;
  onLine(line: ExportLine): void;
  /** What libraries print. */
  onLog(text: string): void;
}

type NotExported = Extract<ExportLine, { type: 'refused' | 'failed' }>;

/** Runs the export to its end; every line goes to onLine too. Throws an EngineError if it dies, the signal's reason if aborted. */
export function runExport(request: ExportRequest, options: RunExportOptions): Promise<Result<Exported, NotExported>> {
  const { python, trainerSource, cwd, signal, onLine, onLog } = options;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-m', 'tunebook_trainer.export', ...argumentsOf(request)], {
      cwd,
      env: trainerEnvironment(process.env, trainerSource, process.platform),
      stdio: ['ignore', 'pipe', 'pipe'],
      // a group of its own: the process that loads the result again ends with it
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let killing: NodeJS.Timeout | undefined;
    const end = (): void => {
      const { pid } = child;
      if (pid === undefined) return;
      signalGroup(pid, 'SIGTERM');
      killing = setTimeout(() => signalGroup(pid, 'SIGKILL'), CLEAN_UP_MS);
    };
    signal.addEventListener('abort', end, { once: true });
    let last: Exported | NotExported | null = null;
    const kept = new LastLines(KEPT_LINES);
    const log = new LineSplitter((line) => {
      kept.add(line);
      onLog(line);
    });
    const out = new LineSplitter((text) => {
      try {
        const line = decodeExportLine(text);
        onLine(line);
        if (line.type === 'exported' || line.type === 'refused' || line.type === 'failed') last = line;
      } catch {
        onLog(text);
      }
    });
    child.stdout.on('data', (chunk: Uint8Array) => out.push(chunk));
    child.stderr.on('data', (chunk: Uint8Array) => log.push(chunk));
    child.once('error', (error) => {
      signal.removeEventListener('abort', end);
      reject(cannotStart(python, error));
    });
    child.once('close', (code, killedBy) => {
      signal.removeEventListener('abort', end);
      clearTimeout(killing);
      out.end();
      log.end();
      const said: Exported | NotExported | null = last;
      // Done is done, also where somebody wanted to stop in the last moment.
      if (said !== null) resolve(said.type === 'exported' ? ok(said) : err(said));
      else if (signal.aborted) reject(signal.reason);
      else reject(new EngineError('export', died(killedBy ?? String(code), kept.all)));
    });
  });
}

function died(how: string, lines: readonly string[]) {
  // Linux ends the largest process when memory runs out, and tells it nothing.
  return how === 'SIGKILL' || how === '137'
    ? message('The system ended the export, most likely because memory ran out. Nothing was written.')
    : message('The export ended without an answer ({0}): {1}', how, lines.join('\n'));
}

function argumentsOf({ adapter, runDirectory, base, baseModel, output, force }: ExportRequest): string[] {
  return [
    '--to=merged',
    `--adapter=${adapter}`,
    `--base=${base}`,
    `--output=${output}`,
    ...(runDirectory === null ? [] : [`--run-dir=${runDirectory}`]),
    ...(baseModel === null ? [] : [`--base-model=${baseModel}`]),
    ...(force ? ['--force'] : []),
  ];
}
