import * as path from 'node:path';
import { compareRuns } from '../../core/run/compareRuns';
import type { Command } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { pickRuns } from '../session/pickRuns';
import { printRunComparison } from '../show/runComparison';

/** tunebook compare [RUN RUN …]: what two or more runs have in common and what not. */
export const compare: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    { json: { type: 'boolean' }, all: { type: 'boolean', short: 'a' }, 'runs-directory': { type: 'string' } },
    { positionals: Infinity },
  );
  const runs = await pickRuns(positionals, values['runs-directory'], context);
  const comparison = compareRuns(runs, context.terminal.words);
  const facts = runs.map(({ facts: { directory, name, status } }) => ({
    id: path.basename(directory),
    directory,
    name,
    status,
  }));
  if (values.json) context.stdout.write(`${JSON.stringify({ runs: facts, ...comparison })}\n`);
  else printRunComparison(facts, comparison, { all: values.all === true }, context.terminal);
  return EXIT.done;
};
