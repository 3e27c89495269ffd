import type { LinearFate, ModelStructure } from '../../protocol/model';

export type SkipReason = Exclude<Extract<LinearFate, { kind: 'kept' }>['why'], 'notQuantized' | 'notLinear'>;

export interface Skip {
  readonly why: SkipReason;
  readonly matches: (fullName: string) => boolean;
}

/** get_modules_to_not_convert (transformers 5.18.0, quantizers/base.py), with the reason for each. */
export function skipList(structure: ModelStructure): readonly Skip[] {
  const listed = structure.prequantized?.llm_int8_skip_modules ?? null;
  return [
    ...(listed === null ? keysToNotConvert(structure) : listed.map((key) => skip('skipped', key))),
    ...structure.keepInFp32.map((key) => skip('keepInFp32', key)),
  ];
}

/** get_keys_to_not_convert: the output embeddings, tied weights, the last parameter. */
function keysToNotConvert({ modules, outputEmbeddings }: ModelStructure): readonly Skip[] {
  const tied = new Set<string>();
  let last: string | null = null;
  for (const { name, parameters } of modules) {
    for (const { name: own, tiedTo } of parameters) {
      const fullName = `${name}.${own}`;
      // named_parameters() lists a shared parameter once, where it comes first.
      if (tiedTo === null) last = fullName;
      else tied.add(fullName).add(tiedTo);
    }
  }
  return [
    ...(outputEmbeddings === null ? [] : [skip('outputEmbeddings', outputEmbeddings)]),
    ...Array.from(tied, (name) => skip('tied', withoutWeight(name))),
    ...(last === null ? [] : [skip('skipped', withoutWeight(last))]),
  ];
}

function withoutWeight(name: string): string {
  return name.endsWith('.weight') ? name.slice(0, -'.weight'.length) : name;
}

/** should_convert_module (quantizers/quantizers_utils.py): re.match from the start, or the end as it stands. */
function skip(why: SkipReason, key: string): Skip {
  const pattern = patternOf(key);
  return { why, matches: (fullName) => pattern.test(fullName) || fullName.endsWith(key) };
}

/**
 * Names of modules are nearly what they say as patterns: "." is any character. llm_int8_skip_modules comes with a checkpoint,
 * so that a pattern which could take for ever is taken by its letters.
 */
function patternOf(key: string): RegExp {
  const harmless = /^[\w.*-]{1,200}$/.test(key) && (key.match(/\*/g) ?? []).length <= 2 && !/^\*|\*\*/.test(key);
  return new RegExp(`^${harmless ? key : key.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}`);
}
