import { type Message, message } from '../../common/message';
import type { Exported } from '../../protocol/exporting';

/** How far the exported model is from what was trained, in sentences; the last one says what to do where that is far. */
export function findingsOf({ proof, answers, kind, quantized, untied }: Exported): readonly Message[] {
  const { trained, reloaded, sameAnswers } = proof;
  const found = [
    message('{0} of {1} greedy answers are the same as the tuned model’s', sameAnswers, answers.length),
    message('The same token is the likeliest at {0} of {1} places', share(trained.sameChoice), trained.places),
    message(
      'Logits differ by {0} on average, {1} at most; the largest is {2}',
      figure(trained.meanDifference),
      figure(trained.maxDifference),
      figure(trained.largestLogit),
    ),
    message('Loaded again by a fresh process: logits differ by {0} at most', figure(reloaded.maxDifference)),
  ];
  if (untied)
    found.push(message('Output layer and embedding were one; the adapter changed one of them, so they are two now'));
  if (quantized && kind === 'original')
    found.push(
      message(
        'The training saw quantised weights, these are the original ones. Closest to what was trained: --base dequantised',
      ),
    );
  return found;
}

function share(value: number): string {
  // 99.96 % is not all.
  return `${Math.floor(value * 1000) / 10}%`;
}

function figure(value: number): string {
  return value === 0 ? '0' : value.toPrecision(3);
}
