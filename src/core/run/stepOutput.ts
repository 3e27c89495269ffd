import { assertNever } from '../../common/assertNever';
import { formatMessage } from '../../common/message';
import type { Answer, GenerateOutput, OutputFix, OutputOf, OutputWarning, StepOutput } from '../../protocol/outputs';
import type { EventOf, StepName } from '../../protocol/trainer';
import { curveOf, finite } from './curve';
import { explainFailure } from './explainFailure';
import { contextOf } from './failures/context';
import { failureDetails } from './failures/details';
import type { FailureContext, RecipeFix } from './failures/entry';
import { foundBatchSize, warningFixes } from './failures/warningFixes';
import { summariseLayers } from './layers';
import { queuedStep, type RunState, type StepState } from './session';

/** How people are spoken to. `translations`: English → their language, as in l10n/bundle.l10n.<language>.json. */
export interface Words {
  /** BCP 47, lower case: "en", "zh-cn". */
  readonly language: string;
  readonly translations: Readonly<Record<string, string>>;
}

/** The complete picture of one step. levers: what would take less memory, where an estimate says so. */
export function stepOutput<S extends StepName>(
  run: RunState,
  step: S,
  words: Words,
  levers: FailureContext['levers'] = null,
): OutputOf<S> {
  // SAFETY: `outputOf` returns the output whose `step` is the one asked for, in every case of its switch.
  return outputOf(run, step, words, contextOf(run, levers)) as OutputOf<S>;
}

function outputOf(run: RunState, name: StepName, words: Words, context: FailureContext): StepOutput {
  const step = run.steps[name] ?? queuedStep;
  const common = commonOf(run, name, words, context);
  switch (name) {
    case 'model': {
      const { structure } = step;
      return {
        ...common,
        step: name,
        device: run.device,
        footprintBytes: footprintOf(step, 'loaded'),
        predictedBytes: run.predicted?.loadedBytes ?? null,
        architecture: structure?.architecture ?? null,
        quantization: structure?.quantization ?? null,
        dtype: structure?.dtype ?? null,
        layers: summariseLayers(structure?.modules ?? []),
        totalParameters: structure?.modules.reduce((sum, module) => sum + module.parameters, 0) ?? null,
      };
    }
    case 'lora':
      return {
        ...common,
        step: name,
        footprintBeforeBytes: footprintOf(run.steps.model ?? queuedStep, 'loaded'),
        footprintAfterBytes: footprintOf(step, 'prepared'),
        predictedAfterBytes: run.predicted?.preparedBytes ?? null,
        trainable: step.trainable,
        layers: summariseLayers(step.structure?.modules ?? []),
      };
    case 'data':
      return { ...common, step: name, dataset: step.dataset };
    case 'tokenizer':
      return { ...common, step: name, tokenizer: step.tokenizer };
    case 'train':
      return {
        ...common,
        step: name,
        started: step.trainStarted,
        finished: step.trainFinished,
        batches: step.batches,
        ...curveOf(step.metrics),
        checkpoints: step.checkpoints.map(({ trainStep, path }) => ({ trainStep, path })),
        batchSizeReductions: step.batchSizeReductions.map(({ from, to }) => ({ from, to })),
        batchSizeFix: fixIn(foundBatchSize(step.batchSizeReductions, context), words),
        predictedPeakBytes: run.predicted?.peakBytes ?? null,
        etaSeconds: step.status === 'running' ? finite(step.metrics.at(-1)?.etaSeconds) : null,
      };
    case 'generate':
      return { ...common, step: name, rows: rowsOf(step.generations) };
    case 'save':
      return { ...common, step: name, saved: step.saved };
    default:
      return assertNever(name);
  }
}

function commonOf(run: RunState, name: StepName, words: Words, context: FailureContext) {
  const { language, translations } = words;
  const step = run.steps[name] ?? queuedStep;
  const { failure, progress } = step;
  const explanation = failure === null ? null : explainFailure(failure, context);
  return {
    version: 1 as const,
    status: step.status,
    language,
    progress: progress === null ? null : { ...progress, what: translations[progress.what] ?? progress.what },
    durationMs: step.durationMs,
    warnings: step.warnings.map((warning) => warningIn(warning, words, context)),
    problem:
      failure === null || explanation === null
        ? null
        : {
            failure,
            title: formatMessage(explanation.title, translations),
            remedies: explanation.remedies.map((remedy) => formatMessage(remedy, translations)),
            fixes: fixesIn(explanation.fixes, words),
            details: failureDetails(failure, name, run),
          },
  };
}

function warningIn(warning: EventOf<'warning'>, words: Words, context: FailureContext): OutputWarning {
  const message = formatMessage({ text: warning.message, args: warning.args }, words.translations);
  return { ...warning, message, args: [], fixes: fixesIn(warningFixes(warning, context), words) };
}

function fixesIn(fixes: readonly RecipeFix[], words: Words): readonly OutputFix[] {
  return fixes.map((fix) => fixIn(fix, words)).filter((fix) => fix !== null);
}

function fixIn(fix: RecipeFix | null, { translations }: Words): OutputFix | null {
  if (fix === null) return null;
  const { label, note, changes } = fix;
  return {
    label: formatMessage(label, translations),
    note: note === null ? null : formatMessage(note, translations),
    changes,
  };
}

function footprintOf(step: StepState, when: EventOf<'footprint'>['when']): number | null {
  return step.footprints.findLast((footprint) => footprint.when === when)?.bytes ?? null;
}

/** The answers of both models to one prompt stand side by side, whatever order they come in. */
function rowsOf(generations: readonly EventOf<'generation'>[]): GenerateOutput['rows'] {
  const rows: GenerateOutput['rows'][number][] = [];
  for (const event of generations) {
    const { prompt, mode, model, promptText, reference } = event;
    // the same prompt may be asked twice: then the second answer of a model is a second row's
    const index = rows.findIndex((row) => row.prompt === prompt && row.mode === mode && row[model] === null);
    const before = rows[index] ?? { prompt, mode, promptText, reference, base: null, tuned: null };
    rows[index < 0 ? rows.length : index] = { ...before, [model]: answerOf(event) };
  }
  return rows;
}

function answerOf({ text, stopReason, tokens, durationMs }: EventOf<'generation'>): Answer {
  return { text, stopReason, tokens, durationMs };
}
