import type { LoraPlan } from '../../../protocol/model';

/** The key of the lora section that a refusal or a remark is about. */
export type LoraKey =
  | 'target_modules'
  | 'exclude_modules'
  | 'modules_to_save'
  | 'layers_to_transform'
  | 'layers_pattern'
  | 'rank_pattern'
  | 'alpha_pattern'
  | 'target_parameters'
  | 'lora_dropout'
  | 'use_dora';

/** Why PEFT or torch raises instead of making adapters. */
export type LoraRefusal =
  | { readonly kind: 'layersWithPattern'; readonly key: 'layers_to_transform' | 'layers_pattern' }
  | { readonly kind: 'layersPatternAlone' }
  | { readonly kind: 'noTargets' } // neither target_modules nor target_parameters
  | { readonly kind: 'badPattern'; readonly key: LoraKey; readonly pattern: string; readonly reason: string }
  | { readonly kind: 'nothingMatched' }
  | { readonly kind: 'notSupported'; readonly module: string; readonly type: string }
  | { readonly kind: 'mamba'; readonly module: string }
  /** One half of what is fused in one parameter: gate_proj without up_proj. */
  | {
      readonly kind: 'fusedHalf';
      readonly present: readonly string[];
      readonly missing: readonly string[];
      readonly parameter: string;
    }
  | {
      readonly kind: 'parameterSetting';
      readonly key: 'lora_dropout' | 'use_dora';
      readonly parameter: string;
      readonly asked: boolean;
    }
  | { readonly kind: 'parameterDimensions'; readonly parameter: string; readonly dimensions: number }
  | { readonly kind: 'parameterOfTarget'; readonly parameter: string }
  /** modules_to_save would make 4-bit or 8-bit numbers trainable. */
  | { readonly kind: 'savedQuantized'; readonly module: string };

/** What can't be told from here, though PEFT may well do it. */
export type LoraUnjudged =
  | { readonly kind: 'slowPattern'; readonly key: LoraKey; readonly pattern: string }
  | { readonly kind: 'layerKind'; readonly module: string; readonly type: string }
  | { readonly kind: 'nestedSaved'; readonly module: string };

export type LoraOutcome =
  | { readonly kind: 'plan'; readonly plan: LoraPlan }
  | { readonly kind: 'refused'; readonly refusal: LoraRefusal }
  | { readonly kind: 'unjudged'; readonly unjudged: LoraUnjudged };

/** Carries a refusal out of nested matching; caught in judgeLora alone. */
export class Refused extends Error {
  readonly refusal: LoraRefusal;
  constructor(refusal: LoraRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

export class Unjudged extends Error {
  readonly unjudged: LoraUnjudged;
  constructor(unjudged: LoraUnjudged) {
    super(unjudged.kind);
    this.unjudged = unjudged;
  }
}
