// A million rows to conversations: `tunebook format` against Python's datasets, in the same run on the same machine.
//   node bench/format/compare.mjs [--rows 1000000] [--python path]
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bootstrapNode, main, say } from '../../scripts/bootstrap.mjs';
import { CLI, ROOT } from '../../scripts/lib/paths.mjs';
import { output, run } from '../../scripts/lib/processes.mjs';
import { ensureTrainerEnvironment } from '../../scripts/lib/trainerEnvironment.mjs';
import { writeRows } from './rows.mjs';

const HERE = join(ROOT, 'bench', 'format');
const LIMIT_BYTES = 200e6;

await main(async () => {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, python: { type: 'string' } } });
  await bootstrapNode();
  const python = values.python ?? (await ensureTrainerEnvironment());
  const folder = await mkdtemp(join(tmpdir(), 'tunebook-bench-'));
  try {
    return await compare(folder, Number(values.rows ?? 1_000_000), python);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

async function compare(folder, rows, python) {
  const source = join(folder, 'rows.jsonl');
  await writeRows(source, rows);
  say(`${rows} rows, ${megabytes((await stat(source)).size)}`);
  const ours = await withTunebook(source, join(folder, 'ours.jsonl'), folder);
  const batches = await withDatasets(python, source, folder, 'batches');
  const single = await withDatasets(python, source, folder, 'rows');
  const lines = await sameLines(join(folder, 'ours.jsonl'), join(folder, 'datasets-rows.jsonl'));
  table(
    [
      ['tunebook format', ours],
      ['datasets, map in batches', batches],
      ['datasets, map row by row', single],
    ],
    rows,
    ours,
  );
  say(`all ${lines} lines hold the same conversations`);
  if (ours.memoryBytes < LIMIT_BYTES) return 0;
  say(`tunebook format had ${megabytes(ours.memoryBytes)}; it must stay under ${megabytes(LIMIT_BYTES)}`);
  return 1;
}

async function withTunebook(source, target, folder) {
  const report = join(folder, 'memory');
  const started = performance.now();
  await run(
    process.execPath,
    ['--require', join(HERE, 'reportMemory.cjs'), CLI, 'format', source, '--output', target],
    {
      env: { TUNEBOOK_BENCH_MEMORY: report },
    },
  );
  return { seconds: (performance.now() - started) / 1000, memoryBytes: Number(await readFile(report, 'utf8')) };
}

async function withDatasets(python, source, folder, mode) {
  const target = join(folder, `datasets-${mode}.jsonl`);
  const cache = join(folder, `cache-${mode}`);
  const told = await output(python, [join(HERE, 'with_datasets.py'), source, target, cache, mode]);
  return JSON.parse(told.trim().split('\n').at(-1));
}

/** Their number; throws where two lines hold something else. */
async function sameLines(one, other) {
  const others = createInterface({ input: createReadStream(other) })[Symbol.asyncIterator]();
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(one) })) {
    const { value } = await others.next();
    count++;
    if (value === undefined || JSON.stringify(JSON.parse(line)) !== JSON.stringify(JSON.parse(value)))
      throw new Error(`line ${count} differs:\n${line}\n${value}`);
  }
  if (!(await others.next()).done) throw new Error(`${other} has more than ${count} lines`);
  return count;
}

function table(results, rows, ours) {
  for (const [name, { seconds, memoryBytes }] of results)
    console.log(
      [
        name.padEnd(26),
        `${seconds.toFixed(1)} s`.padStart(8),
        `${Math.round(rows / seconds)} rows/s`.padStart(16),
        megabytes(memoryBytes).padStart(10),
        `${(seconds / ours.seconds).toFixed(2)}x`.padStart(8),
      ].join('  '),
    );
}

function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}
