/** docs/memory.md: what trainings took, and what was estimated. */
import { estimated, fixture, type Measured } from './measured';

const MB = 1e6;

/** Markdown. */
export function memoryTable(): string {
  const rows = fixture.settings.map((measured) => ({ measured, estimate: estimated(measured) }));
  const differences = rows.map(({ measured, estimate }) => estimate.peakBytes / measured.peakBytes - 1);
  const sorted = differences.map(Math.abs).sort((a, b) => a - b);
  const { versions, device } = fixture;
  const named = ['torch', 'transformers', 'trl', 'peft', 'bitsandbytes', 'liger-kernel'];
  return `# Memory of a training, estimated and measured

Before anything is loaded Tunebook tells what a training will take of a GPU's memory. This page holds that against what the
project's own trainer took: ${rows.length} trainings on one ${device.name}, with
${named.map((name) => `${name} ${versions[name] ?? '?'}`).join(', ')}.
\`npm run memory\` writes it from the measurements in \`test/fixtures/memory\`; a test holds every row within 10% and the page
up to date.

${ABOUT}

## The trainings

Of ${rows.length} peaks half are within ${percent(sorted[Math.floor(sorted.length / 2)] ?? 0)} of the measured one,
${sorted.filter((each) => each < 0.01).length} within 1%, all within ${percent(sorted.at(-1) ?? 0)}. Footprints are equal to the byte in all.

A name says the shape, the kind of weights (nf4, int8, full: as published, in bfloat16), tokens of a row (L), rows of a batch
(b), and what differs from checkpointing, paged_adamw_8bit, r 8 on all layers of attention and MLP, wrapped packing. MB are
millions of bytes.

${table(rows)}
`;
}

const ABOUT = `## How it is estimated

- **Loaded, prepared**: \`get_memory_footprint()\` after loading, and after \`prepare_model_for_kbit_training\` and LoRA. From
  shapes and number formats, exactly.
- **Peak**: \`torch.cuda.max_memory_allocated()\`. One training step is gone through operation by operation, as TRL, PEFT,
  transformers, bitsandbytes and PyTorch's autograd do it: which tensors each makes, which it keeps for the backward pass,
  what it needs for a moment, when each is given back; under checkpointing the second forward pass, too
  (\`src/core/model/estimate\`). What each operation keeps was read in the libraries' sources, and compared with a list of the
  tensors that lay in memory at the peak of each training below. Nothing of it is fitted.
- **Device**: what nvidia-smi shows. Beyond the peak that is what PyTorch's allocator holds in reserve and the CUDA context.
  These two are not known but measured: the reserve is 207 MiB, 1.25% of the activations and 30% of the logits (least absolute
  deviations over the trainings below), the context 758 MiB (an H100 with CUDA 13; other cards were not measured, and take
  less rather than more).

What can't be known before: in 8 bits the columns of large numbers that each layer keeps, which depend on the data; how long
rows are before they are tokenized (until then every row is taken to be max_length long, and rows of a batch to differ, so
that attention needs a mask); masks of sliding windows, which are left out (up to 3% below). Measured were eight families;
others are put together from the same parts, in the roles that their modules have.

## How it was measured

    python tools/gpu/measure_memory.py --work /tmp/memory --out measured.json
    python tools/gpu/memory_fixture.py measured.json test/fixtures/memory/measured.json
    npm run memory

Each training is a process of its own, with the trainer as it is: models of the real shapes with random weights, rows that
fill every batch, four steps. The second command keeps of each what this page needs.`;

interface Row {
  readonly measured: Measured;
  readonly estimate: ReturnType<typeof estimated>;
}

function table(rows: readonly Row[]): string {
  const head = [
    'Training',
    'Prepared, MB',
    'Peak, MB',
    'Estimated',
    'Difference',
    'Device, MB',
    'Estimated',
    'Difference',
  ];
  const lines = rows.map(({ measured, estimate }) => {
    const { preparedBytes, peakBytes, reservedBytes, contextBytes } = measured;
    const device = contextBytes === null ? null : reservedBytes + contextBytes;
    return [
      measured.name,
      (preparedBytes / MB).toFixed(2),
      ...compared(peakBytes, estimate.peakBytes),
      ...(device === null ? ['', '', ''] : compared(device, estimate.deviceBytes)),
    ];
  });
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function compared(measured: number, foreseen: number): readonly string[] {
  const difference = foreseen / measured - 1;
  const sign = difference >= 0.0005 ? '+' : '';
  return [(measured / MB).toFixed(0), (foreseen / MB).toFixed(0), `${sign}${percent(difference)}`];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace(/^-0\.0$/, '0.0')}%`;
}
