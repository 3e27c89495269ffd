/** A class of transformers that builds its tokenizer itself, as the tokenizer.json that it amounts to. */
import { isJsonObject, type JsonObject } from './tokenizerJson';
import { OWN_PARTS } from './tokenizerOwnClasses';
import { unknownComponent, wrongValue } from './tokenizerProblem';

export interface OwnParts {
  readonly root: JsonObject;
  /** What the constructor takes where tokenizer_config.json says nothing. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Whether the class adds every special token once more, as one that strips and normalises nothing. */
  readonly addsSpecialAgain: boolean;
}

/** `unknown`: what the settings call the unknown token, if anything. */
export function ownParts(className: string, config: JsonObject, root: JsonObject, unknown: string | null): OwnParts {
  const own = Object.hasOwn(OWN_PARTS, className) ? OWN_PARTS[className] : undefined;
  if (own === undefined) {
    throw unknownComponent('tokenizer_class', className);
  }
  const { model } = root;
  if (!isJsonObject(model) || (typeof model['type'] === 'string' && model['type'] !== own.model)) {
    throw wrongValue('model.type', `"${own.model}" (${className})`);
  }
  return {
    root: {
      model: {
        type: own.model,
        vocab: model['vocab'],
        merges: model['merges'],
        ...own.members,
        ...(own.unknown && { unk_token: unknown ?? own.defaults['unk_token'] }),
      },
      normalizer: own.normalizer(config, root),
      pre_tokenizer: own.preTokenizer(config),
      post_processor: own.postProcessor === undefined ? root['post_processor'] : own.postProcessor(config),
      decoder: own.decoder,
    },
    defaults: own.defaults,
    addsSpecialAgain: own.addsSpecialAgain === true,
  };
}
