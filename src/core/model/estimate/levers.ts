import type { MemoryEstimate, MemoryLever } from '../../../protocol/model';
import { changed } from './change';
import { estimateMemory, type EstimateFacts } from './estimate';
import { OFFERS } from './leverKinds';

/** What saves less isn't worth a line. Of the whole estimate. */
const WORTH = 0.005;

/** Changes of the recipe that take less memory, each by itself, the best first: each is estimated anew. */
export function memoryLevers(facts: EstimateFacts, estimate: MemoryEstimate): readonly MemoryLever[] {
  const levers: MemoryLever[] = [];
  for (const offer of OFFERS) {
    const kind = offer(facts, estimate);
    if (kind === null) continue;
    const after = estimateMemory({ ...facts, recipe: changed(facts.recipe, kind.changes) });
    const savesBytes = estimate.deviceBytes - after.deviceBytes;
    if (savesBytes > estimate.deviceBytes * WORTH) levers.push({ ...kind, savesBytes });
  }
  return levers.sort((a, b) => b.savesBytes - a.savesBytes);
}
