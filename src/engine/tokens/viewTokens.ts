import { checkTokens } from '../../core/tokens/tokenChecks';
import { specialTokens } from '../../core/tokens/specialTokens';
import { lookAtTokens, type TokenLook } from '../../core/tokens/tokenLook';
import { TokensError } from '../../core/tokens/tokensError';
import { picture } from '../../core/tokens/viewTokens';
import { type Asked, RequestError } from '../../protocol/channel';
import type { TokenCalls, TokenView } from '../../protocol/tokenView';
import { eachRow } from './eachRow';
import { type OpenLook, openLook } from './openLook';
import { templateFileOf } from './readTokenizer';

type Call = TokenCalls['viewTokens'];

/** Rejects with RequestError where there is nothing to show. */
export async function viewTokens(
  { recipe, batches, rows }: Call['params'],
  { signal, progress }: Asked<Call['progress']>,
): Promise<TokenView> {
  try {
    const open = await openLook(recipe, rows, { signal, env: process.env });
    const each = eachRow(signal, (done) => progress({ rows: done }));
    const look = await lookAtTokens(open.looked, each);
    return {
      source: 'editor',
      fallback: null,
      recipeFile: recipe.recipeFile,
      datasetFile: open.datasetFile,
      tokenizer: await tokenizerInfo(open, look),
      ...(await picture(look, batches, each)),
      findings: checkTokens(look),
    };
  } catch (error) {
    if (error instanceof TokensError) throw new RequestError(error.finding.message, { cause: error });
    throw error;
  }
}

async function tokenizerInfo(open: OpenLook, look: TokenLook): Promise<TokenView['tokenizer']> {
  const { choice, looked } = look;
  return {
    model: looked.tokenizer.model,
    vocabSize: looked.tokenizer.vocabSize,
    modelVocabSize: looked.modelVocabSize,
    special: specialTokens(look),
    chatTemplate: choice.template.source,
    chatTemplateSource: choice.source,
    chatTemplateFile: await templateFile(open, choice.source),
  };
}

async function templateFile(
  open: OpenLook,
  source: TokenView['tokenizer']['chatTemplateSource'],
): Promise<string | null> {
  if (source === 'tunebook') return null;
  return source === 'recipe' ? open.recipeTemplateFile : templateFileOf(open.folders);
}
