import { readFileSync } from 'node:fs';
import type { Context } from './context';

/** What of the process is used. */
interface Signals {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

type Listen = (listener: () => void) => { dispose(): void };

/** Ctrl-C, and SIGTERM as a service manager or CI sends it, handled only while somebody listens. */
export function interrupts(signals: Signals): Context['onInterrupt'] {
  return listening(signals, ['SIGINT', 'SIGTERM']);
}

/** The terminal was closed. `nohup tunebook …` wants to hear nothing of it and goes on. */
export function hangups(signals: Signals, isIgnored = ignoresHangups): Context['onHangup'] {
  const listen = listening(signals, ['SIGHUP']);
  return (listener) => (isIgnored() ? { dispose: () => {} } : listen(listener));
}

function listening(signals: Signals, names: readonly NodeJS.Signals[]): Listen {
  return (listener) => {
    const heard = (): void => listener();
    for (const name of names) signals.on(name, heard);
    return {
      dispose: () => {
        for (const name of names) signals.off(name, heard);
      },
    };
  };
}

/** Node tells no program that it was started with a signal ignored; Linux does: bit 0 of SigIgn is signal 1, SIGHUP. */
function ignoresHangups(): boolean {
  try {
    const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return mask !== undefined && (BigInt(`0x${mask}`) & 1n) === 1n;
  } catch {
    return false;
  }
}
