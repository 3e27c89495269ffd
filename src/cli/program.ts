import { message } from '../common/message';
import { nearest } from '../common/nearest';
import { EngineError } from '../engine/engineError';
import { HubError } from '../engine/hub/hubError';
import { RequestError } from '../protocol/channel';
import { attach } from './commands/attach';
import { check } from './commands/check';
import { compare } from './commands/compare';
import { env } from './commands/env';
import { exportModel } from './commands/export';
import { format } from './commands/format';
import { generate } from './commands/generate';
import { init } from './commands/init';
import { inspect } from './commands/inspect';
import { push } from './commands/push';
import { runs } from './commands/runs';
import { save } from './commands/save';
import { kill, stop } from './commands/stop';
import { train } from './commands/train';
import type { Command, Context } from './context';
import { EXIT } from './exitCodes';
import { printHelp } from './help';
import { badUsage, Stopped } from './stopped';
import { printable } from './text/printable';

const COMMANDS: Readonly<Record<string, Command>> = {
  init,
  format,
  check,
  inspect,
  train,
  attach,
  stop,
  kill,
  generate,
  save,
  export: exportModel,
  push,
  runs,
  compare,
  env,
};

/** Runs one command. Whatever the person should know is said; the exit code is returned. */
export async function runProgram(args: readonly string[], context: Context): Promise<number> {
  try {
    return await dispatch(args, context);
  } catch (error) {
    return tell(error, context);
  }
}

async function dispatch([name, ...rest]: readonly string[], context: Context): Promise<number> {
  const { terminal, installation } = context;
  if (name === undefined) {
    printHelp(terminal.aside);
    return EXIT.usage;
  }
  if (['help', '--help', '-h'].includes(name) || rest.includes('--help')) {
    printHelp(terminal);
    return EXIT.done;
  }
  if (['version', '--version', '-v'].includes(name)) {
    terminal.line(installation.version);
    return EXIT.done;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command(rest, context);
  const near = nearest(name, Object.keys(COMMANDS));
  throw badUsage(
    message('There is no command {0}.', name),
    near === null ? message('List them with: tunebook help') : message('Did you mean {0}?', near),
  );
}

function tell(error: unknown, { terminal }: Context): number {
  if (error instanceof Stopped) {
    terminal.problem(`tunebook: ${printable(terminal.text(error.reason))}`);
    if (error.remedy !== null) terminal.problem(`  → ${printable(terminal.text(error.remedy))}`);
    return error.exitCode;
  }
  if (error instanceof EngineError) {
    terminal.problem(`tunebook: ${printable(terminal.text(error.words))}`);
    switch (error.kind) {
      case 'noPython':
      case 'environmentIncomplete':
      case 'install':
        return EXIT.noEnvironment;
      case 'cancelled':
        return EXIT.interrupted;
      default:
        return EXIT.failed;
    }
  }
  if (error instanceof HubError) {
    terminal.problem(`tunebook: ${printable(terminal.text(error.words))}`);
    terminal.problem(`  → ${printable(terminal.text(error.remedy))}`);
    return error.kind === 'name' ? EXIT.usage : EXIT.failed;
  }
  if (error instanceof RequestError) {
    terminal.problem(`tunebook: ${printable(terminal.text(error.words))}`);
    return EXIT.failed;
  }
  // no known trouble: the stack helps whoever reports it
  terminal.problem(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.failed;
}
