import { formatMessage, type Message, message } from '../../../common/message';
import { type Amounts, amountsIn } from '../../model/amounts';
import type { Words } from '../stepOutput';

/** Sentences and figures in the reader's language. */
export interface Speech extends Amounts {
  say(words: Message): string;
  /** At most four decimals, small ones in scientific notation, NaN and infinities by their names. */
  figure(value: number): string;
  /** 350 ms, 4.2 s, 1 min 23 s, 2 h 5 min. */
  duration(ms: number): string;
  /** "−12.4%" of a value against another; null where nothing is to tell. */
  change(value: number, from: number): string | null;
}

export function speechIn({ language, translations }: Words): Speech {
  const amounts = amountsIn(language);
  const say = (words: Message): string => formatMessage(words, translations);
  return {
    ...amounts,
    say,
    figure,
    duration: (ms) => say(durationOf(ms, amounts)),
    change: (value, from) => changeOf(value, from, amounts),
  };
}

function figure(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : value.toFixed(4);
}

function durationOf(ms: number, { count }: Amounts): Message {
  if (ms < 1000) return message('{0} ms', count(ms));
  if (ms < 60_000) return message('{0} s', (ms / 1000).toFixed(1));
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return message('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
  return message('{0} h {1} min', count(Math.floor(seconds / 3600)), Math.floor((seconds % 3600) / 60));
}

function changeOf(value: number, from: number, { count }: Amounts): string | null {
  if (!Number.isFinite(value) || !Number.isFinite(from) || from === 0 || value === from) return null;
  const share = (value / from - 1) * 100;
  const size = Math.abs(share);
  if (size < 0.05) return null;
  // "+1,240%" is read with more effort than "× 13"
  const times = value / from;
  if (share >= 900) return `× ${times < 100 ? times.toFixed(1) : count(times)}`;
  return `${share < 0 ? '−' : '+'}${size.toFixed(size < 100 ? 1 : 0)}%`;
}
