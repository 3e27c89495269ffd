import type { ModelModule, ModelParameter, ModelStructure } from '../../../protocol/model';
import { endsWithName } from './matchNames';

export interface MatchedParameter {
  readonly module: ModelModule;
  readonly parameter: ModelParameter;
}

/**
 * Classes of experts with weights [experts, in, out], which say so in is_transposed (transformers 5.18.0,
 * use_experts_implementation). PEFT takes all others for [experts, out, in], Llama 4's too, which aren't.
 */
const TRANSPOSED: ReadonlySet<string> = new Set(['GptOssExperts', 'AriaExperts', 'OpenAIPrivacyFilterExperts']);

export function isTransposed({ type }: ModelModule): boolean {
  return TRANSPOSED.has(type);
}

/** peft 0.21.0, tuners_utils.py _inject_parameters: whole names or endings of them, in the order of named_parameters(). */
export function matchParameters({ modules }: ModelStructure, names: readonly string[]): readonly MatchedParameter[] {
  return modules.flatMap((module) =>
    module.parameters
      .filter(({ name }) => names.some((key) => endsWithName(`${module.name}.${name}`, key)))
      .map((parameter) => ({ module, parameter })),
  );
}
