import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { type Message, message } from '../../common/message';
import { loadTokenizer } from '../../core/tokens/tokenizer';
import { TokenizerProblem } from '../../core/tokens/tokenizerProblem';
import { TokensError } from '../../core/tokens/tokensError';
import type { TextTokenizer } from '../../core/tokens/types';
import { isPlainObject } from '../../protocol/shape';
import { FileCache } from './fileCache';
import type { ModelFolders } from './modelFolder';

/** A tokenizer of 200,000 tokens takes some ten megabytes: few are kept. */
const KEPT_TOKENIZERS = 2;

const tokenizers = new FileCache<TextTokenizer>(KEPT_TOKENIZERS);

/** Throws TokensError. */
export async function readTokenizer({ tokenizer, recipePath }: ModelFolders): Promise<TextTokenizer> {
  const [json = '', config = '', map = '', template = '', modelConfig = ''] = [
    'tokenizer.json',
    'tokenizer_config.json',
    'special_tokens_map.json',
    'chat_template.jinja',
    'config.json',
  ].map((name) => path.join(tokenizer, name));
  return tokenizers.get([json, config, map, template, modelConfig], async () => {
    const loaded = loadTokenizer({
      tokenizerJson: await readFile(json, 'utf8'),
      tokenizerConfig: await textOrNull(config),
      specialTokensMap: await textOrNull(map),
      chatTemplate: await textOrNull(template),
      modelConfig: await textOrNull(modelConfig),
      name: hubName(tokenizer),
    });
    if (loaded.ok) return saysWhy(loaded.value, recipePath);
    throw unreadable(loaded.error, recipePath);
  });
}

/** A text may have something that the tokenizer has no token for. */
function saysWhy(tokenizer: TextTokenizer, recipePath: readonly string[]): TextTokenizer {
  return {
    ...tokenizer,
    encode(text) {
      try {
        return tokenizer.encode(text);
      } catch (error) {
        throw error instanceof TokenizerProblem ? unreadable(error.problem, recipePath) : error;
      }
    },
  };
}

function unreadable(why: Message, recipePath: readonly string[]): TokensError {
  return TokensError.of('tokenizerUnreadable', {
    severity: 'warning',
    recipePath,
    message: why,
    remedy: message('Ask the trainer: it reads the tokenizer with Hugging Face’s own library.'),
  });
}

/** huggingface_hub keeps org/name in models--org--name/snapshots/…; null for other folders. */
function hubName(folder: string): string | null {
  const found = /models--([^\\/]+)[\\/]snapshots[\\/][^\\/]+$/.exec(folder);
  return found?.[1]?.replaceAll('--', '/') ?? null;
}

/** The file that holds the tokenizer's own chat template. */
export async function templateFileOf({ tokenizer }: ModelFolders): Promise<string> {
  const jinja = path.join(tokenizer, 'chat_template.jinja');
  return (await textOrNull(jinja)) === null ? path.join(tokenizer, 'tokenizer_config.json') : jinja;
}

/** Rows of the model's embedding, by its config.json; null where it doesn't say. */
export async function modelVocabSize({ model }: ModelFolders): Promise<number | null> {
  const text = model === null ? null : await textOrNull(path.join(model, 'config.json'));
  if (text === null) return null;
  const config = parsed(text);
  // Models that also see or hear keep the language model's figures in a part of their own.
  return sizeIn(config) ?? (isPlainObject(config) ? sizeIn(config['text_config']) : null);
}

function sizeIn(config: unknown): number | null {
  return isPlainObject(config) && typeof config['vocab_size'] === 'number' ? config['vocab_size'] : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function textOrNull(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
