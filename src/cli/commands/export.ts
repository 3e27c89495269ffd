import * as path from 'node:path';
import { message } from '../../common/message';
import { explainRefusal } from '../../core/export/refusals';
import { foldRun } from '../../core/run/session';
import { adapterOfRun, exportFolder, type ExportSource, holdsAdapter, sourceOfFolder } from '../../engine/exportSource';
import { readRun } from '../../engine/runHistory';
import type { ExportRequest } from '../../engine/python/runExport';
import { EXPORT_BASES, type ExportBase } from '../../protocol/exporting';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { runsDirectoryFor } from '../runsDirectory';
import { findRun } from '../session/findRun';
import { namedPython, trainerPython } from '../session/python';
import { ExportView, printExported } from '../show/exportView';
import { printFailure } from '../show/failure';
import { badUsage, Stopped } from '../stopped';
import { printable } from '../text/printable';

const OPTIONS = {
  to: { type: 'string' },
  base: { type: 'string' },
  'base-model': { type: 'string' },
  output: { type: 'string', short: 'o' },
  force: { type: 'boolean', short: 'f' },
  json: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  python: { type: 'string' },
  'runs-directory': { type: 'string' },
} as const;

/** tunebook export RUN|FOLDER: base and adapter as one model in 16-bit safetensors. */
export const exportModel: Command = async (args, context) => {
  const { values, positionals } = readOptions(args, OPTIONS, { positionals: 1 });
  const [given] = positionals;
  if (given === undefined)
    throw badUsage(message('Name a run or the folder of an adapter: tunebook export my-adapter'));
  const to = values.to ?? 'merged';
  if (to !== 'merged') throw badUsage(message('{0} is no form of an export. There is: {1}', to, 'merged'));
  const source = await sourceOf(given, values['runs-directory'], context);
  const output = values.output === undefined ? await exportFolder(source) : path.resolve(context.cwd, values.output);
  const told = values.json === true ? context.terminal.aside : context.terminal;
  const python = await trainerPython(
    { python: namedPython(values.python, context), yes: values.yes === true },
    { ...context, terminal: told },
  );
  const request: ExportRequest = {
    ...source,
    base: baseOf(values.base),
    baseModel: values['base-model'] ?? null,
    output,
    force: values.force === true,
  };
  return carryOut(request, python, values.json === true, context);
};

async function sourceOf(given: string, runs: string | undefined, context: Context): Promise<ExportSource> {
  const { cwd } = context;
  const folder = path.resolve(cwd, given);
  const runsDirectory = runsDirectoryFor(path.dirname(folder), cwd, runs);
  if (await holdsAdapter(folder)) return sourceOfFolder(folder, runsDirectory);
  const past = await readRun(await findRun({ run: given, runsDirectory: runs }, context));
  const found = past === null ? null : await adapterOfRun(past);
  if (found === null)
    throw new Stopped(message('The run {0} has left no adapter, or another run has replaced it.', given), {
      remedy: message('Name the folder of an adapter: tunebook export my-adapter'),
    });
  return found;
}

function baseOf(given: string | undefined): ExportBase {
  const found = EXPORT_BASES.find((base) => base === (given ?? 'original'));
  if (found === undefined)
    throw badUsage(message('--base is one of {0}, not {1}.', EXPORT_BASES.join(', '), given ?? ''));
  return found;
}

async function carryOut(request: ExportRequest, python: string, json: boolean, context: Context): Promise<number> {
  const { installation, stdout } = context;
  const terminal = json ? context.terminal.aside : context.terminal;
  const { runExport } = await import('../../engine/python/runExport');
  const abort = new AbortController();
  const interrupts = [context.onInterrupt(() => abort.abort()), context.onHangup(() => abort.abort())];
  const view = new ExportView(terminal);
  const log: string[] = [];
  try {
    const result = await runExport(request, {
      python,
      trainerSource: installation.trainerSource,
      cwd: context.cwd,
      signal: abort.signal,
      onLine: (line) => {
        if (json) stdout.write(`${JSON.stringify(line)}\n`);
        else view.take(line);
      },
      onLog: (text) => log.push(text),
    });
    view.end();
    if (result.ok) {
      if (!json) printExported(result.value, terminal);
      return EXIT.done;
    }
    if (result.error.type === 'refused') {
      const { title, remedy } = explainRefusal(result.error);
      if (FAULTS.has(result.error.kind))
        for (const text of log.slice(-8)) terminal.problem(terminal.dim(printable(text)));
      throw new Stopped(title, { remedy });
    }
    printFailure(result.error.failure, terminal, { run: foldRun([]), levers: null });
    return EXIT.failed;
  } catch (error) {
    view.end();
    if (abort.signal.aborted && error === abort.signal.reason)
      throw new Stopped(message('Interrupted; nothing was written.'), { exitCode: EXIT.interrupted });
    throw error;
  } finally {
    for (const interrupt of interrupts) interrupt.dispose();
  }
}

/** Of a proof that failed the log tells more than the words. */
const FAULTS: ReadonlySet<string> = new Set(['doesNotLoad', 'otherPrompts', 'notTheSame']);
