import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/cli/**/*.test.ts', 'test/webview/**/*.test.ts'],
    benchmark: { include: ['bench/**/*.bench.ts'] },
    // a browser page or a trainer process starts in there; two cores are shared by all files
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    globalSetup: 'test/globalSetup.mjs',
    // the set-up waits there for trainers that are about to end
    teardownTimeout: 90_000,
  },
});
