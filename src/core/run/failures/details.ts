import type { Failure, StepName } from '../../../protocol/trainer';
import type { RunState } from '../session';

/** Versions that decide how a failure comes about; the others are in the run directory's environment.json. */
const TELLING: ReadonlySet<string> = new Set([
  'torch',
  'transformers',
  'trl',
  'peft',
  'accelerate',
  'datasets',
  'bitsandbytes',
  'tokenizers',
  'safetensors',
  'huggingface_hub',
  'triton',
  'flash-attn',
  'liger-kernel',
]);

/** All that matters for a report, as text. English: it is read by whoever repairs it. */
export function failureDetails(failure: Failure, step: StepName, { hello, device }: RunState): string {
  const versions = Object.entries(hello?.versions ?? {}).filter(([name]) => TELLING.has(name));
  const { lastLines, ...facts } = failure.facts;
  return [
    `${failure.kind} in ${step}: ${failure.message}`,
    ...(failure.recipePath.length > 0 ? [`recipe: ${failure.recipePath.join('.')}`] : []),
    ...(Object.keys(facts).length > 0 ? [`facts: ${JSON.stringify(facts)}`] : []),
    '',
    ...(hello === null ? [] : [`trainer ${hello.trainer}, Python ${hello.python}`]),
    ...versions.map(([name, version]) => `${name} ${version}`),
    ...(device === null ? [] : [deviceLine(device)]),
    ...(failure.traceback === null ? [] : ['', failure.traceback.trimEnd()]),
    ...(isLines(lastLines) && lastLines.length > 0 ? ['', 'Last lines of the log:', ...lastLines] : []),
  ].join('\n');
}

/** The end of the log, which the trainer or its host put among the facts. */
export function lastLinesOf({ facts }: Failure): readonly string[] {
  const { lastLines } = facts;
  return isLines(lastLines) ? lastLines : [];
}

function deviceLine({ name, memoryBytes, capability, driver }: NonNullable<RunState['device']>): string {
  const more = [
    `${(memoryBytes / 1e9).toFixed(1)} GB`,
    ...(capability === null ? [] : [`capability ${capability}`]),
    ...(driver === null ? [] : [`driver ${driver}`]),
  ];
  return `${name} (${more.join(', ')})`;
}

function isLines(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((line) => typeof line === 'string');
}
