import { type Message, message } from '../../common/message';
import type { EventOf, StepName, TrainerEvent } from '../../protocol/trainer';
import { bytes, count, figure } from '../text/amounts';

const TITLES: Readonly<Record<StepName, Message>> = {
  model: message('Model'),
  lora: message('LoRA'),
  data: message('Data'),
  tokenizer: message('Tokenizer'),
  train: message('Training'),
  generate: message('Answers'),
  save: message('Save'),
};

export function stepTitle(step: StepName): Message {
  return TITLES[step];
}

/** What an event is worth saying in the scroll of a terminal; null: nothing. Metrics, progress and answers are shown otherwise. */
export function sentenceOf(event: TrainerEvent): Message | null {
  switch (event.type) {
    case 'device':
      return message(
        'Runs on {0} ({1}, {2} of memory).',
        event.name,
        event.device.toUpperCase(),
        bytes(event.memoryBytes),
      );
    case 'predicted':
      return predictedSentence(event);
    case 'structure':
      return event.step === 'model'
        ? message('{0}, {1} weights, {2}.', event.architecture, event.dtype, event.quantization ?? '–')
        : null;
    case 'footprint':
      return event.when === 'loaded'
        ? message('Footprint: {0}', bytes(event.bytes))
        : message('Footprint after preparation: {0}', bytes(event.bytes));
    case 'trainable':
      return message(
        '{0} of {1} parameters are trained ({2} %), in {3} layers; the adapter will take {4}.',
        count(event.trainable),
        count(event.total),
        ((100 * event.trainable) / Math.max(1, event.total)).toFixed(2),
        event.targetedLayers,
        bytes(event.adapterBytes),
      );
    case 'dataset':
      return event.evalRows > 0
        ? message('{0} rows to train on, {1} to evaluate.', count(event.trainRows), count(event.evalRows))
        : message('{0} rows to train on.', count(event.trainRows));
    case 'tokenizer':
      return event.truncatedRows > 0
        ? message(
            '{0} rows are longer than max_length {1} and are cut.',
            count(event.truncatedRows),
            event.maxLength ?? '–',
          )
        : null;
    case 'trainStarted':
      return event.resumedFrom === null
        ? message('{0} steps of {1} sequences.', count(event.totalSteps), sequences(event))
        : message(
            '{0} steps of {1} sequences, going on from {2}.',
            count(event.totalSteps),
            sequences(event),
            event.resumedFrom,
          );
    case 'batchSizeReduced':
      return message(
        'Out of memory with batch size {0}: started again with {1} (auto_find_batch_size).',
        event.from,
        event.to,
      );
    case 'checkpointSaved':
      return message('Checkpoint: {0}', event.path);
    case 'trainFinished':
      return message(
        '{0} steps, mean loss {1}, peak memory {2}.',
        count(event.trainSteps),
        figure(event.trainLoss),
        bytes(event.peakMemoryBytes),
      );
    case 'saved':
      return message(
        'Saved {0} files ({1}) in {2}',
        event.files.length,
        bytes(event.files.reduce((sum, file) => sum + file.bytes, 0)),
        event.directory,
      );
    case 'warning':
      return { text: event.message, args: event.args };
    default:
      return null;
  }
}

function predictedSentence({ loadedBytes, preparedBytes, peakBytes }: EventOf<'predicted'>): Message | null {
  if (loadedBytes === null || preparedBytes === null) return null;
  return peakBytes === null
    ? message('Predicted memory: {0} loaded, {1} prepared.', bytes(loadedBytes), bytes(preparedBytes))
    : message(
        'Predicted memory: {0} loaded, {1} prepared, {2} at the peak.',
        bytes(loadedBytes),
        bytes(preparedBytes),
        bytes(peakBytes),
      );
}

function sequences(event: { batchSize: number; gradientAccumulationSteps: number; worldSize: number }): number {
  return event.batchSize * event.gradientAccumulationSteps * event.worldSize;
}
