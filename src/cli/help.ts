import { type Message, message } from '../common/message';
import type { Terminal } from './terminal';

const COMMANDS: readonly (readonly [usage: string, what: Message])[] = [
  ['init [folder]', message('Write the sample, or a recipe for --model and --dataset')],
  ['format rows.csv', message('Write the rows of a file as conversations, messages in JSONL')],
  ['check recipe.tune.yaml rows.jsonl …', message('Show problems of recipes and datasets as file:line:column')],
  ['inspect recipe.tune.yaml', message('Show the layers, the adapter and the memory of a recipe or a model')],
  ['train recipe.tune.yaml', message('Run the whole loop; Ctrl-C saves a checkpoint, a closed terminal ends nothing')],
  ['attach [run]', message('Show a run that is at work, from its beginning, and follow it; Ctrl-C lets go')],
  ['stop [run]', message('Save a checkpoint, then end the run; --now or kill ends it at once')],
  ['generate recipe.tune.yaml', message('Ask the base model and the saved adapter, without training')],
  ['save recipe.tune.yaml [folder]', message('Copy the adapter of a finished run')],
  ['export run|folder', message('Merge an adapter into its base model, as 16-bit safetensors, and prove the result')],
  ['push [run|folder]', message('Push a saved adapter to the Hugging Face Hub, private unless --public')],
  ['runs [folder]', message('List what has run here')],
  ['compare [run run …]', message('Show what differs between runs: results, recipe, data, versions, answers')],
  ['env', message('Show the trainer’s Python environment, or make it with --create')],
  ['version', message('Show the version')],
];

const OPTIONS: readonly (readonly [usage: string, what: Message])[] = [
  [
    '--set key=value',
    message('Another value for this run; the recipe’s file stays as it is (check, inspect, train, generate)'),
  ],
  ['--steps model..train', message('Only these steps (train)')],
  ['--resume [checkpoint]', message('Go on from the last checkpoint, or from this one (train)')],
  ['--detach', message('Start the run and leave it to itself (train)')],
  ['--now', message('End the run at once, without a checkpoint (stop)')],
  ['-p, --prompt text', message('Ask this instead of the recipe’s prompts (generate)')],
  ['--adapter folder', message('Ask this adapter instead of the one in save.output_dir (generate)')],
  ['--run id', message('The run whose adapter is copied; the last one by default (save)')],
  ['--repo user/name', message('The repository on the Hub; it is made where it isn’t there (push)')],
  ['--public', message('Everybody may see the repository that is made (push)')],
  ['--exist-ok', message('Push on top of what the repository has already (push)')],
  ['--training-args', message('Push training_args.bin too: a pickle, which is left out otherwise (push)')],
  ['-m, --message text', message('What the commit is called (push)')],
  ['-a, --all', message('Also what is the same in all runs (compare)')],
  ['-f, --force', message('Replace what is there (save, format, export)')],
  ['-o, --output place', message('Where to write; beside the source by default (format, export)')],
  ['--user, --assistant', message('Templates of what they say, such as "{question}" (format)')],
  ['--system text', message('A system message, or a template of one (format)')],
  ['--messages column', message('The column that holds lists of messages (format)')],
  ['--role from=to', message('What the rows call a role, such as human=user; may be repeated (format)')],
  ['--form name', message('Which of the forms that were recognised, such as alpaca (format)')],
  ['--preview n', message('Show the first rows as they would become, and write nothing (format)')],
  [
    '--base dequantised',
    message('Merge into the weights as a 4-bit training saw them, not the original ones (export)'),
  ],
  ['--base-model name', message('Where the base model is, if not where the training found it (export)')],
  ['--sample name', message('Which sample to write (init)')],
  ['--model, --dataset', message('A folder or file, or a name of the Hugging Face Hub (init)')],
  ['--prompt, --completion', message('Columns of the dataset, where they can’t be guessed (init)')],
  ['--4bit', message('Load the weights in 4 bits (init; inspect, where it names a model)')],
  ['--offline', message('Ask nothing of the Hub: what is on this machine has to do (inspect)')],
  ['--python path', message('The interpreter that trains; also TUNEBOOK_PYTHON')],
  ['--runs-directory folder', message('Where runs are kept; .tunebook/runs by default')],
  ['-y, --yes', message('Go on without asking (push, and to make the Python environment)')],
  ['--json', message('Only JSON on the output, one object a line: for train, the trainer’s events')],
];

const EXIT_CODES: readonly (readonly [code: string, what: Message])[] = [
  ['0', message('done')],
  ['1', message('the run failed, or the recipe has problems')],
  ['2', message('wrong usage')],
  ['3', message('no Python environment')],
  ['4', message('written, but some rows were skipped (format)')],
  ['130', message('interrupted')],
];

export function printHelp(terminal: Terminal): void {
  terminal.say(message('Tunebook: fine-tuning a language model from one recipe file.'));
  terminal.line();
  terminal.line(terminal.bold(terminal.text(message('Commands'))));
  printRows(COMMANDS, 'tunebook ', terminal);
  terminal.line();
  terminal.line(terminal.bold(terminal.text(message('Options'))));
  printRows(OPTIONS, '', terminal);
  terminal.line();
  terminal.line(terminal.bold(terminal.text(message('Exit codes'))));
  printRows(EXIT_CODES, '', terminal);
}

function printRows(rows: readonly (readonly [string, Message])[], before: string, terminal: Terminal): void {
  const cells = Math.max(...rows.map(([usage]) => usage.length)) + before.length;
  for (const [usage, what] of rows) terminal.line(`  ${(before + usage).padEnd(cells)}  ${terminal.text(what)}`);
}
