import { machineOf, type MachineFacts } from '../../core/model/machine';
import type { EstimateMachine } from '../../protocol/model';

/** What a run of a recipe would be computed on here, in this process' system. */
export function machineHere(facts: Omit<MachineFacts, 'platform' | 'architecture'>): EstimateMachine {
  return machineOf({ ...facts, platform: process.platform, architecture: process.arch });
}
