// Makes a fresh clone able to run: npm packages, bundles, the trainer's Python environment. Each once; a second call finds
// everything in place and returns at once. Node's own modules only: nothing is installed yet.
//   node scripts/bootstrap.mjs [--dev]     --dev: also what the tests need
import { pathToFileURL } from 'node:url';
import { ensureBundles } from './lib/bundles.mjs';
import { ensureNodePackages } from './lib/nodePackages.mjs';
import { ensureDevelopmentPackages, ensureTrainerEnvironment } from './lib/trainerEnvironment.mjs';

const NODE = 20;

export const say = (line) => console.log(`tunebook: ${line}`);

/** npm packages and bundles: enough to package the extension and for what doesn't train. */
export async function bootstrapNode(options) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < NODE)
    throw new Error(`Node ${NODE} or newer is needed, this is ${process.version}: see https://nodejs.org`);
  await ensureNodePackages(say);
  await ensureBundles(say, options);
}

/** All of it. @returns {Promise<string>} the trainer's Python interpreter */
export async function bootstrap({ dev = false } = {}) {
  await bootstrapNode();
  const python = await ensureTrainerEnvironment();
  if (dev) await ensureDevelopmentPackages(python, say);
  return python;
}

/** Runs a script's work; an error is one line, not a stack: what ran has told what was wrong. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(`tunebook: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(async () => {
    const python = await bootstrap({ dev: process.argv.includes('--dev') });
    say(`ready; the trainer runs on ${python}`);
  });
