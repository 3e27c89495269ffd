import { spawn } from 'node:child_process';
import { message } from '../../common/message';
import { EngineError } from '../engineError';
import { LastLines } from './lastLines';
import { LineSplitter } from './lines';

const KEPT_LINES = 15;

export type RunTool = (file: string, args: readonly string[], what: string) => Promise<void>;

export interface ToolOptions {
  readonly signal: AbortSignal;
  onLine(line: string): void;
}

/** Runs python or pip to its end. Throws an EngineError with the last lines if it fails, or says that it was cancelled. */
export function runTool(file: string, args: readonly string[], { signal, onLine }: ToolOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const last = new LastLines(KEPT_LINES);
    const take = (line: string): void => {
      last.add(line);
      onLine(line);
    };
    // one each: a chunk of one stream may come between two halves of a line of the other
    const [out, err] = [new LineSplitter(take), new LineSplitter(take)];
    const child = spawn(file, args, { signal, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    child.stdout.on('data', (chunk: Uint8Array) => out.push(chunk));
    child.stderr.on('data', (chunk: Uint8Array) => err.push(chunk));
    child.once('error', (error) =>
      reject(
        signal.aborted
          ? new EngineError('cancelled', message('Cancelled.'))
          : new EngineError('install', message('{0} can’t be started: {1}', file, error.message), { cause: error }),
      ),
    );
    child.once('close', (code) => {
      out.end();
      err.end();
      if (code === 0) resolve();
      else
        reject(
          new EngineError(
            'install',
            message('Setting up Python failed (exit code {0}): {1}', code ?? -1, last.all.join('\n')),
          ),
        );
    });
  });
}
