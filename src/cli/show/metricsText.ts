import { type Message, message } from '../../common/message';
import type { EventOf } from '../../protocol/trainer';
import { clock, figure } from '../text/amounts';

/** "loss 0.4312 · lr 1.2e-3 · 3,020 tokens/s · 0:21 left" */
export function metricsText(metrics: EventOf<'metrics'>, text: (words: Message) => string): string {
  const { loss, evalLoss, learningRate, tokensPerSecond, etaSeconds } = metrics;
  const parts = [
    loss === null ? null : message('loss {0}', figure(loss)),
    evalLoss === null ? null : message('eval loss {0}', figure(evalLoss)),
    learningRate === null ? null : message('lr {0}', figure(learningRate)),
    tokensPerSecond === null ? null : message('{0} tokens/s', Math.round(tokensPerSecond)),
    etaSeconds === null || !Number.isFinite(etaSeconds) ? null : message('{0} left', clock(etaSeconds)),
  ];
  return parts.flatMap((part) => (part === null ? [] : [text(part)])).join(' · ');
}
