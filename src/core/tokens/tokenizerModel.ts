/** The model of tokenizer.json: what becomes of one piece of text (tokenizers/src/models). */
import { message } from '../../common/message';
import { bpeModel } from './tokenizerBpe';
import { isJsonObject, type JsonObject, optionalStringAt } from './tokenizerJson';
import { TokenizerProblem, unknownComponent } from './tokenizerProblem';
import { unigramModel } from './tokenizerUnigram';
import type { TokenizerModel } from './tokenizerVocab';
import { wordLevelModel, wordPieceModel } from './tokenizerWordPiece';

export function createModel(root: JsonObject): TokenizerModel {
  const { model } = root;
  if (!isJsonObject(model)) {
    throw new TokenizerProblem(
      message('tokenizer.json has no "model". Copy the file again from where the model came from.'),
    );
  }
  switch (modelType(model)) {
    case 'BPE':
      return bpeModel(model, 'model');
    case 'Unigram':
      return unigramModel(model, 'model');
    case 'WordPiece':
      return wordPieceModel(model, 'model');
    case 'WordLevel':
      return wordLevelModel(model, 'model');
    default:
      throw unknownComponent('model', modelType(model));
  }
}

/** Files from before 2021 don't say it: ModelUntagged in models/mod.rs tries the kinds in this order. */
function modelType(model: JsonObject): string {
  const type = optionalStringAt(model, 'type', 'model');
  if (type !== null) {
    return type;
  }
  if (model['merges'] !== undefined) {
    return 'BPE';
  }
  if (model['continuing_subword_prefix'] !== undefined) {
    return 'WordPiece';
  }
  return Array.isArray(model['vocab']) ? 'Unigram' : 'WordLevel';
}
