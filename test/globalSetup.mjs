// Around all of vitest: what its tests start must be gone when they end.
import { expectNoneLeft, markStage } from './leftProcesses.mjs';

export function setup() {
  markStage();
}

/** vitest tells an error of a set-up, and would still end with 0. */
export async function teardown() {
  try {
    await expectNoneLeft();
  } catch (error) {
    process.exitCode = 1;
    throw error;
  }
}
