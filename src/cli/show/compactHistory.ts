import type { TrainerEvent } from '../../protocol/trainer';

/** As many points of a curve as are told of what was before. */
const POINTS = 10;

/** What has happened before somebody looks, short enough to read: of a training some points, of progress nothing. */
export function compactHistory(events: readonly TrainerEvent[]): readonly TrainerEvent[] {
  const points = events.filter(({ type }) => type === 'metrics').length;
  const every = Math.max(1, Math.ceil(points / POINTS));
  let point = 0;
  return events.filter((event) => {
    if (event.type === 'progress' || event.type === 'log') return false;
    if (event.type !== 'metrics') return true;
    point++;
    // counted from the end: where it stands now is one of them
    return (points - point) % every === 0;
  });
}
