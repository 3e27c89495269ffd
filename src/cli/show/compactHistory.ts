import type { TrainerEvent } from '../../protocol/trainer';

/** How many are told of what comes again and again, spread over all of them, the last one included. Any other event is told. */
const TOLD: Readonly<Partial<Record<TrainerEvent['type'], number>>> = {
  progress: 0,
  log: 0,
  metrics: 10,
  checkpointSaved: 3,
};

/** What has happened before somebody looks, short enough to read. */
export function compactHistory(events: readonly TrainerEvent[]): readonly TrainerEvent[] {
  const all = countByType(events);
  const left = new Map(all);
  return events.filter(({ type }) => {
    const wanted = TOLD[type];
    if (wanted === undefined) return true;
    const behind = (left.get(type) ?? 0) - 1;
    left.set(type, behind);
    return wanted > 0 && behind % Math.ceil((all.get(type) ?? 0) / wanted) === 0;
  });
}

function countByType(events: readonly TrainerEvent[]): ReadonlyMap<TrainerEvent['type'], number> {
  const counts = new Map<TrainerEvent['type'], number>();
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}
