import type { Context } from './context';

type Signals = Pick<NodeJS.Process, 'on' | 'off'>;

/** Ctrl-C, and SIGTERM as a service manager or CI sends it, handled only while somebody listens. */
export function interrupts(signals: Signals): Context['onInterrupt'] {
  return (listener) => {
    const heard = (): void => listener();
    signals.on('SIGINT', heard);
    signals.on('SIGTERM', heard);
    return {
      dispose: () => {
        signals.off('SIGINT', heard);
        signals.off('SIGTERM', heard);
      },
    };
  };
}
