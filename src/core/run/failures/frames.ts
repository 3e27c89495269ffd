/** One step of a Python traceback: where, and the lines of code that stand there. */
export interface Frame {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly code: string;
  /** Tunebook's own or the person's code, not a library's. */
  readonly own: boolean;
}

export interface Frames {
  /** The outermost first, of the error that was raised last. */
  readonly frames: readonly Frame[];
  /** What was raised: its name and message. */
  readonly raised: string;
}

const FRAME = /^ {2}File "(.+)", line (\d+), in (.+)$/;
const HEAD = 'Traceback (most recent call last):';

/** The last part of a traceback, taken apart; null for a text that is none. */
export function framesOf(traceback: string): Frames | null {
  const start = traceback.lastIndexOf(HEAD);
  if (start < 0) return null;
  const frames: Frame[] = [];
  const raised: string[] = [];
  for (const line of traceback.slice(start + HEAD.length).split(/\r?\n/)) {
    const found = FRAME.exec(line);
    const last = frames.at(-1);
    if (found !== null && raised.length === 0) {
      const [, file = '', number = '0', name = ''] = found;
      frames.push({ file, line: Number(number), name, code: '', own: !isLibrary(file) });
    } else if (line.startsWith('    ') && last !== undefined && raised.length === 0) {
      // the marks below a line of code say which part of it
      if (!/^[\s~^]*$/.test(line)) frames[frames.length - 1] = { ...last, code: joined(last.code, line.trim()) };
    } else if (raised.length > 0 || line.trim() !== '') raised.push(line);
  }
  return frames.length === 0 ? null : { frames, raised: raised.join('\n').trim() };
}

/** Where people look first: "trl/trainer/sft_trainer.py" of ".../site-packages/trl/trainer/sft_trainer.py". */
export function shortFile(file: string): string {
  return file.replace(/^.*[\\/](?:site|dist)-packages[\\/]/, '').replace(/^.*[\\/](tunebook_trainer[\\/])/, '$1');
}

function joined(before: string, line: string): string {
  return before === '' ? line : `${before} ${line}`;
}

/** Installed packages, Python's own library, and code without a file. */
function isLibrary(file: string): boolean {
  return (
    file.startsWith('<') ||
    /[\\/](?:site|dist)-packages[\\/]/.test(file) ||
    /[\\/]lib(?:64)?[\\/]python3[^\\/]*[\\/]/i.test(file) ||
    /[\\/]Lib[\\/][^\\/]+\.py$/.test(file)
  );
}
