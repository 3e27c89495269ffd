import type { Installation } from './installation';
import type { Output, Terminal } from './terminal';

/** What a command may use. */
export interface Context {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  readonly installation: Installation;
  /** For programs: JSON alone. */
  readonly stdout: Output;
  /** Asks a person; null where none is there. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** The same without showing what is typed. Empty where the person declines. */
  readonly askSecret: ((question: string) => Promise<string>) | null;
  /** Calls back at each Ctrl-C until disposed. */
  onInterrupt(listener: () => void): { dispose(): void };
  /** Calls back when the terminal is closed. */
  onHangup(listener: () => void): { dispose(): void };
}

/** Returns the exit code. Throws Stopped for what the person should know, and errors for what should not happen. */
export type Command = (args: readonly string[], context: Context) => Promise<number>;
