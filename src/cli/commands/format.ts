import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { message, type Message } from '../../common/message';
import { chatFileName } from '../../core/data/chatFileName';
import { formatDataset } from '../../engine/data/format';
import { previewDataset } from '../../engine/data/preview';
import type { FormatReport, RowProblem } from '../../protocol/dataset';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { type Chosen, mappingFor } from '../format/mapping';
import { drawProgress, eraseProgress, showChosen, showReport, showRow } from '../format/show';
import { readOptions } from '../options';
import { badUsage, Stopped } from '../stopped';
import type { Terminal } from '../terminal';

/** tunebook format FILE: its rows as conversations, in a file beside it. The file itself stays as it is. */
export const format: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    {
      output: { type: 'string', short: 'o' },
      force: { type: 'boolean', short: 'f' },
      system: { type: 'string' },
      user: { type: 'string' },
      assistant: { type: 'string' },
      messages: { type: 'string' },
      role: { type: 'string', multiple: true },
      form: { type: 'string' },
      preview: { type: 'string' },
      json: { type: 'boolean' },
    },
    { positionals: 1 },
  );
  const [name] = positionals;
  if (name === undefined) throw badUsage(message('Name a file of rows: tunebook format rows.csv'));
  const source = path.resolve(context.cwd, name);
  const terminal = values.json ? context.terminal.aside : context.terminal;
  const rows = values.preview === undefined ? null : rowsOf(values.preview);
  return interruptible(context, async (signal) => {
    const found = await previewDataset({ path: source, mapping: null, rows: 1 }, { signal });
    const chosen = await mappingFor(found, values);
    if (!values.json) showChosen(chosen, terminal);
    if (rows !== null) return preview(source, chosen, rows, values.json === true, signal, context);
    const target = await targetOf(values.output, source, values.force === true, context.cwd);
    const report = await formatDataset(
      { path: source, mapping: chosen.mapping, target, overwrite: values.force === true },
      { signal, progress: (value) => terminal.interactive && !values.json && drawProgress(value, terminal) },
    ).finally(() => terminal.interactive && !values.json && eraseProgress(terminal));
    if (values.json) context.stdout.write(`${JSON.stringify(reportJson(report, chosen, context.terminal))}\n`);
    else showReport(report, name, path.relative(context.cwd, target), terminal);
    if (report.written === 0) return EXIT.failed;
    return report.skipped > 0 ? EXIT.skipped : EXIT.done;
  });
};

/** Ctrl-C ends the work before anything is in its place. */
async function interruptible(context: Context, work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const stop = new AbortController();
  const listening = context.onInterrupt(() => stop.abort());
  try {
    return await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    throw new Stopped(message('Interrupted; nothing was written.'), { exitCode: EXIT.interrupted });
  } finally {
    listening.dispose();
  }
}

async function preview(
  source: string,
  { mapping, detection }: Chosen,
  rows: number,
  json: boolean,
  signal: AbortSignal,
  { stdout, terminal }: Context,
): Promise<number> {
  const found = await previewDataset({ path: source, mapping, rows }, { signal });
  if (json) {
    stdout.write(
      `${JSON.stringify({
        ...found,
        form: detection?.form ?? null,
        rows: found.rows.map((row) => ({ ...row, problem: row.problem && terminal.text(row.problem) })),
        problem: found.problem && problemJson(found.problem, terminal),
      })}\n`,
    );
  } else for (const row of found.rows) showRow(row, terminal);
  if (found.problem === null) return EXIT.done;
  if (!json) terminal.problem(terminal.text(found.problem.reason));
  return EXIT.failed;
}

function rowsOf(written: string): number {
  const rows = Number(written);
  if (Number.isInteger(rows) && rows > 0 && rows <= 10_000) return rows;
  throw badUsage(message('--preview wants a number of rows: {0}', written));
}

async function targetOf(output: string | undefined, source: string, force: boolean, cwd: string): Promise<string> {
  const target =
    output === undefined
      ? path.join(path.dirname(source), chatFileName(path.basename(source)))
      : path.resolve(cwd, output);
  if (!/\.jsonl$/i.test(target))
    throw badUsage(message('The result is JSON Lines: give it a name that ends with {0}.', '.jsonl'));
  const isThere = await stat(target).then(
    () => true,
    () => false,
  );
  if (isThere && !force)
    throw new Stopped(message('{0} is there already; nothing was written.', path.relative(cwd, target)), {
      remedy: message('Replace it with --force, or give another name with --output.'),
    });
  return target;
}

function reportJson(report: FormatReport, { mapping, detection }: Chosen, terminal: Terminal) {
  const problems = report.problems.map((problem) => problemJson(problem, terminal));
  return { form: detection?.form ?? null, mapping, ...report, problems };
}

function problemJson(
  problem: RowProblem,
  terminal: Terminal,
): Omit<RowProblem, 'reason'> & { readonly reason: string } {
  const reason: Message = problem.reason;
  return { ...problem, reason: terminal.text(reason) };
}
