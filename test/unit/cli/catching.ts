import path from 'node:path';
import type { Context } from '../../../src/cli/context';
import { installationAt } from '../../../src/cli/installation';
import { type Output, Terminal } from '../../../src/cli/terminal';
import { wordsFor } from '../../../src/cli/words';

export interface Caught {
  readonly context: Context;
  readonly out: () => string;
  readonly err: () => string;
}

/** A context whose terminal is caught. */
export function catching(
  cwd: string,
  { env = {}, columns = 100, tty = false }: { env?: NodeJS.ProcessEnv; columns?: number; tty?: boolean } = {},
): Caught {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err'): Output => ({
    isTTY: tty,
    columns,
    write: (text) => (written[name] += text),
  });
  const stdout = stream('out');
  return {
    context: {
      cwd,
      env,
      terminal: new Terminal(stdout, stream('err'), env, wordsFor(env)),
      installation: installationAt(path.resolve(import.meta.dirname, '../../..')),
      stdout,
      ask: null,
      askSecret: null,
      onInterrupt: () => ({ dispose: () => {} }),
      onHangup: () => ({ dispose: () => {} }),
    },
    out: () => written.out,
    err: () => written.err,
  };
}
