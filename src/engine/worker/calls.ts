import type { DatasetCalls } from '../../protocol/dataset';
import type { ModelCalls } from '../../protocol/model';
import type { SweepCalls } from '../../protocol/sweep';
import type { TokenCalls } from '../../protocol/tokenView';

/** What the worker can be asked. */
export type WorkerCalls = DatasetCalls & TokenCalls & SweepCalls & ModelCalls;

/** What the worker asks back: nothing. */
export type NoCalls = Record<never, never>;
