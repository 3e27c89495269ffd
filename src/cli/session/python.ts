import { message } from '../../common/message';
import { EngineError } from '../../engine/engineError';
import { baseInterpreter, createEnvironment, existingEnvironment } from '../../engine/python/createEnvironment';
import { probeInterpreter } from '../../engine/python/interpreters';
import { CORE_PACKAGES, mismatches } from '../../engine/python/lock';
import { hasNvidiaGpu } from '../../engine/python/torchChoice';
import type { Context } from '../context';
import { EXIT } from '../exitCodes';
import { Stopped } from '../stopped';
import { InstallView } from './installView';

export interface PythonChoice {
  /** Interpreter the person names; null: the environment that Tunebook makes. */
  readonly python: string | null;
  /** Makes what is missing without asking. */
  readonly yes: boolean;
}

/** The interpreter that trains. Makes the environment where it is missing and the person agrees. */
export async function trainerPython({ python, yes }: PythonChoice, context: Context): Promise<string> {
  const named = namedPython(python ?? undefined, context);
  if (named !== null) return checkedPython(named, context);
  const lock = await context.installation.readLock();
  const base = await baseInterpreter(null);
  const existing = await existingEnvironment(lock, base);
  if (existing !== null) return existing.python;
  if (!yes) await askToCreate(context);
  return makeEnvironment(lock, context);
}

/** Creates the environment, with its progress in the terminal. */
export async function makeEnvironment(lock: string, context: Context): Promise<string> {
  const abort = new AbortController();
  const interrupt = context.onInterrupt(() => abort.abort());
  const view = new InstallView(context.terminal);
  try {
    const made = await createEnvironment({
      lock,
      basePython: null,
      torchIndexUrl: context.env['TUNEBOOK_TORCH_INDEX_URL'] || null,
      signal: abort.signal,
      onProgress: (what, detail) => view.progress(what, detail),
    });
    view.end();
    context.terminal.say(message('The Python environment is ready: {0}', made.directory));
    return made.python;
  } catch (error) {
    view.end();
    if (abort.signal.aborted)
      throw new Stopped(message('Cancelled; the next call begins again.'), { exitCode: EXIT.interrupted });
    throw error;
  } finally {
    interrupt.dispose();
  }
}

/** The interpreter that the person names, by option before environment. */
export function namedPython(option: string | undefined, { env }: Pick<Context, 'env'>): string | null {
  return option ?? (env['TUNEBOOK_PYTHON'] || null);
}

async function checkedPython(python: string, { installation }: Context): Promise<string> {
  const probed = await probeInterpreter(python, CORE_PACKAGES);
  if (probed === null)
    throw new EngineError('noPython', message('{0} is no Python 3.10 or newer. Choose another interpreter.', python));
  const [first, ...others] = mismatches(await installation.readLock(), probed.packages);
  if (first === undefined) return probed.path;
  const missing = [first, ...others].map(({ package: name, wanted }) => `${name}==${wanted}`).join(' ');
  throw new Stopped(message('{0} lacks what the trainer needs: {1}', python, missing), {
    exitCode: EXIT.noEnvironment,
    remedy: message('Install it with: {0} -m pip install {1}', python, missing),
  });
}

async function askToCreate({ ask, terminal }: Context): Promise<void> {
  const size = (await hasNvidiaGpu()) ? 3 : 0.5;
  const missing = message('The trainer’s Python environment is not there yet (about {0} GB to download, once).', size);
  if (ask === null)
    throw new Stopped(missing, {
      exitCode: EXIT.noEnvironment,
      remedy: message('Make it with: tunebook env --create, or give --yes.'),
    });
  terminal.say(missing);
  const answer = await ask(`${terminal.text(message('Create it now?'))} [Y/n] `);
  if (/^\s*(?:n|no|否|不)/i.test(answer))
    throw new Stopped(message('Nothing was done.'), { exitCode: EXIT.noEnvironment });
}
