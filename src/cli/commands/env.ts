import { message } from '../../common/message';
import { EngineError } from '../../engine/engineError';
import { environmentDirectory } from '../../engine/python/cacheDirectory';
import { baseInterpreter, existingEnvironment } from '../../engine/python/createEnvironment';
import { probeInterpreter } from '../../engine/python/interpreters';
import { CORE_PACKAGES } from '../../engine/python/lock';
import type { Command } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { trainerPython } from '../session/python';

/** tunebook env: the trainer's Python environment, made with --create. */
export const env: Command = async (args, context) => {
  const { values } = readOptions(
    args,
    {
      create: { type: 'boolean' },
      yes: { type: 'boolean', short: 'y' },
      json: { type: 'boolean' },
      quiet: { type: 'boolean', short: 'q' },
    },
    { positionals: 0 },
  );
  const { terminal, stdout, installation } = context;
  if (values.create)
    await trainerPython(
      { python: null, yes: values.yes === true },
      values.json ? { ...context, terminal: terminal.aside } : context,
    );
  const lock = await installation.readLock();
  const base = await baseInterpreter(null);
  const directory = environmentDirectory(lock, base.version);
  const ready = await existingEnvironment(lock, base);
  const packages = ready === null ? {} : ((await probeInterpreter(ready.python, CORE_PACKAGES))?.packages ?? {});
  if (values.json) {
    const python = ready?.python ?? null;
    stdout.write(`${JSON.stringify({ ready: ready !== null, python, directory, base: base.path, packages })}\n`);
  } else if (!values.quiet) {
    terminal.say(message('Base interpreter: {0} (Python {1})', base.path, base.version));
    if (ready === null) terminal.say(message('No environment yet; it will be made in {0}', directory));
    else {
      terminal.say(message('Environment: {0}', ready.directory));
      for (const [name, version] of Object.entries(packages)) terminal.line(`  ${name.padEnd(14)} ${version ?? '–'}`);
    }
  }
  if (ready === null && values.create) throw new EngineError('environmentIncomplete', message('It was not made.'));
  return ready === null ? EXIT.noEnvironment : EXIT.done;
};
