import { message } from '../../common/message';
import { EngineError } from '../engineError';

/** What to say where the interpreter can't be run at all. */
export function cannotStart(python: string, error: unknown): EngineError {
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError(
    'spawn',
    message('Python can’t be started as {0}: {1}. Choose another interpreter.', python, reason),
    { cause: error },
  );
}
