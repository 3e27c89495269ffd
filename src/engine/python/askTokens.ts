import { spawn } from 'node:child_process';
import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import { isPlainObject } from '../../protocol/shape';
import type { TokenView } from '../../protocol/tokenView';
import { decodeTokenView } from '../../protocol/tokenViewCodec';
import { type Failure, failure as decodeFailure, type ResolvedRecipe } from '../../protocol/trainer';
import { EngineError } from '../engineError';
import { cannotStart } from './cannotStart';
import { LastLines } from './lastLines';
import { LineSplitter } from './lines';
import { signalGroup, trainerEnvironment } from './trainerProcess';

/** A view of two batches of long rows is a few megabytes. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
const KEPT_LINES = 15;

export interface TokensTrainer {
  /** Interpreter that has the trainer's packages. */
  readonly python: string;
  /** Folder of the package `tunebook_trainer`. */
  readonly trainerSource: string;
}

export interface AskTokensOptions extends TokensTrainer {
  readonly recipe: ResolvedRecipe;
  readonly batches: number;
  /** Null: all. */
  readonly rows: number | null;
  readonly signal: AbortSignal;
}

/**
 * Tokens and labels as transformers and TRL make them: `python -m tunebook_trainer.tokens`, once. The error is what the
 * trainer says of the recipe; a trainer that doesn't answer throws an EngineError, an aborted one the signal's reason.
 */
export async function askTokens(options: AskTokensOptions): Promise<Result<TokenView, Failure>> {
  const text = await answerOf(options);
  try {
    const answer: unknown = JSON.parse(text);
    if (isPlainObject(answer) && answer['failure'] !== undefined)
      return err(decodeFailure(answer['failure'], 'failure'));
    return ok(decodeTokenView(isPlainObject(answer) ? answer['view'] : answer));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('tokens', message('The trainer’s answer can’t be read: {0}', reason), { cause: error });
  }
}

function answerOf({ python, trainerSource, recipe, batches, rows, signal }: AskTokensOptions): Promise<string> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-m', 'tunebook_trainer.tokens'], {
      cwd: recipe.baseDirectory,
      env: trainerEnvironment(process.env, trainerSource, process.platform),
      stdio: ['pipe', 'pipe', 'pipe'],
      // a group of its own, so that what it starts (tokenising in several processes) ends with it
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const end = (): void => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    };
    signal.addEventListener('abort', end, { once: true });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const last = new LastLines(KEPT_LINES);
    const log = new LineSplitter((line) => last.add(line));
    child.stdout.on('data', (chunk: Uint8Array) => {
      bytes += chunk.byteLength;
      if (bytes > MAX_ANSWER_BYTES) end();
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Uint8Array) => log.push(chunk));
    // A process that ends before it has read everything is told by its end.
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify({ recipe, batches, rows }));
    child.once('error', (error) => {
      signal.removeEventListener('abort', end);
      reject(cannotStart(python, error));
    });
    child.once('close', (code, killedBy) => {
      signal.removeEventListener('abort', end);
      log.end();
      if (signal.aborted) reject(signal.reason);
      else if (bytes > MAX_ANSWER_BYTES)
        reject(
          new EngineError('tokens', message('The trainer’s answer is larger than {0} MB.', MAX_ANSWER_BYTES / 2 ** 20)),
        );
      else if (code === 0) resolve(new TextDecoder().decode(Buffer.concat(chunks)));
      else {
        const how = killedBy ?? String(code);
        reject(
          new EngineError(
            'tokens',
            message('The trainer ended without an answer ({0}): {1}', how, last.all.join('\n')),
          ),
        );
      }
    });
  });
}
