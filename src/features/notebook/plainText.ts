import { assertNever } from '../../common/assertNever';
import type { StepOutput } from '../../protocol/outputs';

/** The picture of a step in a few lines, for wherever the renderer isn't: another editor, a screen reader, a copy. */
export function plainText(output: StepOutput): string {
  const lines = [`${output.step}: ${output.status}`, ...facts(output)];
  if (output.progress !== null && output.status === 'running') {
    const { what, current, total } = output.progress;
    lines.push(current === null ? what : `${what} ${current}${total === null ? '' : `/${total}`}`);
  }
  if (output.problem !== null)
    lines.push(
      output.problem.title,
      ...output.problem.remedies.map((remedy) => `- ${remedy}`),
      ...(output.problem.fixes ?? []).map(({ label }) => `* ${label}`),
    );
  return lines.join('\n');
}

function facts(output: StepOutput): string[] {
  switch (output.step) {
    case 'model':
      return present([
        output.architecture,
        output.quantization,
        output.totalParameters === null ? null : `${output.totalParameters} parameters`,
        output.footprintBytes === null
          ? null
          : `get_memory_footprint() ${megabytes(output.footprintBytes)}${predicted(output.predictedBytes)}`,
      ]);
    case 'lora':
      return present([
        output.trainable === null
          ? null
          : `${output.trainable.trainable} of ${output.trainable.total} parameters trainable`,
        output.footprintAfterBytes === null
          ? null
          : `get_memory_footprint() ${megabytes(output.footprintAfterBytes)}${predicted(output.predictedAfterBytes)}`,
      ]);
    case 'data':
      return output.dataset === null ? [] : [`${output.dataset.source}: ${output.dataset.rows} rows`];
    case 'tokenizer':
      return output.tokenizer === null
        ? []
        : [`${output.tokenizer.tokenizerClass}, ${output.tokenizer.vocabSize} tokens`, output.tokenizer.rendered];
    case 'train': {
      const last = output.points.at(-1);
      return present([
        last === undefined
          ? null
          : `step ${last.trainStep}/${output.started?.totalSteps ?? '?'}, loss ${last.loss ?? '-'}`,
        output.finished === null ? null : `train loss ${output.finished.trainLoss ?? '-'}`,
        output.finished === null
          ? null
          : `peak memory ${megabytes(output.finished.peakMemoryBytes)}${predicted(output.predictedPeakBytes)}`,
      ]);
    }
    case 'generate':
      return output.rows.flatMap(({ prompt, mode, base, tuned }) => [
        `> ${prompt} (${mode})`,
        `base:  ${base?.text ?? '…'}`,
        `tuned: ${tuned?.text ?? '…'}`,
      ]);
    case 'save':
      return output.saved === null
        ? []
        : [output.saved.directory, ...output.saved.files.map(({ path, bytes }) => `${path} ${bytes}`)];
    default:
      return assertNever(output);
  }
}

function present(lines: readonly (string | null)[]): string[] {
  return lines.filter((line) => line !== null);
}

/** As the chapter prints it: bytes / 1e6. */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

function predicted(bytes: number | null): string {
  return bytes === null ? '' : ` (predicted ${megabytes(bytes)})`;
}
