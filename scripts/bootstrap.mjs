// What `npm start` and `npm test` need, installed once; a second call starts at once. Node's own modules only.
import { ensureBundles } from './lib/bundles.mjs';
import { ensureNodePackages } from './lib/nodePackages.mjs';
import { ensureDevelopmentPackages, ensureTrainerEnvironment } from './lib/trainerEnvironment.mjs';

export function say(text) {
  console.log(`tunebook: ${text}`);
}

/** npm packages, dist/ and the trainer's environment (with pytest and ruff for `dev`). Returns its interpreter. */
export async function bootstrap({ dev = false } = {}) {
  await ensureNodePackages(say);
  await ensureBundles(say);
  const python = await ensureTrainerEnvironment();
  if (dev) await ensureDevelopmentPackages(python, say);
  return python;
}
