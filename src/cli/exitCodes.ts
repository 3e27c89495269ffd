/** What the shell is told. Documented in the help and the README. */
export const EXIT = {
  done: 0,
  /** The run failed, or the recipe has problems. */
  failed: 1,
  usage: 2,
  noEnvironment: 3,
  /** Written, but without rows that can't be converted. */
  skipped: 4,
  /** 128 + SIGINT, as shells do it. */
  interrupted: 130,
  /** 128 + SIGHUP: the terminal was closed, the run goes on. Nobody is there to read it. */
  hungUp: 129,
} as const;
