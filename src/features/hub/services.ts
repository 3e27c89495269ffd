import type { SavedAdapter } from '../savedAdapter';

/** What this feature takes from the others. */
export interface HubServices {
  /** Of all runs here, the newest first. */
  adapters(): Promise<readonly SavedAdapter[]>;
}
