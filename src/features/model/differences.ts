import { assertNever } from '../../common/assertNever';
import { type Message, message } from '../../common/message';
import type { StructureDifference } from '../../core/model/compareStructure';

export type DifferenceGroup = readonly [StructureDifference, ...StructureDifference[]];

/** The same difference in every block is told once. */
export function differenceGroups(differences: readonly StructureDifference[]): readonly DifferenceGroup[] {
  const groups = new Map<string, [StructureDifference, ...StructureDifference[]]>();
  for (const difference of differences) {
    const { kind, name, expected, loaded } = difference;
    const key = JSON.stringify([kind, pattern(name), expected, loaded]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [difference]);
    else group.push(difference);
  }
  return [...groups.values()];
}

/** Of a group of differenceGroups. */
export function differenceWords(group: DifferenceGroup): Message {
  const [first] = group;
  const { kind, expected, loaded } = first;
  const name = group.length === 1 ? first.name : `${pattern(first.name)} (${group.length})`;
  const then = expected ?? '–';
  const now = loaded ?? '–';
  switch (kind) {
    case 'missing':
      return message('{0}: foreseen as {1}, but not loaded', name, then);
    case 'extra':
      return message('{0}: loaded as {1}, but not foreseen', name, now);
    case 'class':
      return message('{0}: loaded as {2}, foreseen as {1}', name, then, now);
    case 'shape':
      return message('{0}: its shape is {2}, foreseen was {1}', name, then, now);
    case 'dtype':
      return message('{0}: loaded in {2}, foreseen was {1}', name, then, now);
    case 'parameters':
      return message('{0}: it has {2} parameters, foreseen were {1}', name, then, now);
    case 'target':
      return expected === 'LoRA'
        ? message('{0}: foreseen with LoRA, trained without', name)
        : message('{0}: foreseen without LoRA, trained with it', name);
    case 'order':
      return message('The modules stand in another order, from {0} on', then);
    default:
      return assertNever(kind);
  }
}

function pattern(name: string): string {
  return name.replaceAll(/(?<=^|\.)\d+(?=\.|$)/g, '*');
}
