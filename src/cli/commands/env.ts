import { message } from '../../common/message';
import { environmentDirectory } from '../../engine/python/cacheDirectory';
import { baseInterpreter, existingEnvironment } from '../../engine/python/createEnvironment';
import { probeInterpreter } from '../../engine/python/interpreters';
import { CORE_PACKAGES, mismatches } from '../../engine/python/lock';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { namedPython, trainerPython } from '../session/python';

/** tunebook env: the Python that trains, made with --create. */
export const env: Command = async (args, context) => {
  const { values } = readOptions(
    args,
    {
      create: { type: 'boolean' },
      yes: { type: 'boolean', short: 'y' },
      json: { type: 'boolean' },
      quiet: { type: 'boolean', short: 'q' },
      python: { type: 'string' },
    },
    { positionals: 0 },
  );
  const { terminal, stdout } = context;
  const named = namedPython(values.python, context);
  if (values.create)
    await trainerPython(
      { python: named, yes: values.yes === true },
      values.json ? { ...context, terminal: terminal.aside } : context,
    );
  const found = await lookUp(named, context);
  if (values.json) stdout.write(`${JSON.stringify(found)}\n`);
  else if (!values.quiet) {
    if (found.ready) terminal.say(message('The trainer runs on {0}', found.python));
    else if (found.directory === null) terminal.say(message('{0} lacks what the trainer needs.', found.python));
    else terminal.say(message('No environment yet; it will be made in {0}', found.directory));
    for (const [name, version] of Object.entries(found.packages))
      terminal.line(`  ${name.padEnd(14)} ${version ?? '–'}`);
  }
  return found.ready ? EXIT.done : EXIT.noEnvironment;
};

interface Found {
  readonly ready: boolean;
  readonly python: string;
  /** Null where the person named the interpreter. */
  readonly directory: string | null;
  readonly packages: Readonly<Record<string, string | null>>;
}

async function lookUp(named: string | null, { installation }: Context): Promise<Found> {
  const lock = await installation.readLock();
  if (named !== null) {
    const packages = (await probeInterpreter(named, CORE_PACKAGES))?.packages ?? {};
    return { ready: mismatches(lock, packages).length === 0, python: named, directory: null, packages };
  }
  const base = await baseInterpreter(null);
  const existing = await existingEnvironment(lock, base);
  const python = existing?.python ?? base.path;
  const packages = existing === null ? {} : ((await probeInterpreter(python, CORE_PACKAGES))?.packages ?? {});
  return { ready: existing !== null, python, directory: environmentDirectory(lock, base.version), packages };
}
