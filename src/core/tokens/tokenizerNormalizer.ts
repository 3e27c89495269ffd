/** The normalizer of tokenizer.json, keeping track of where each character comes from (tokenizers/src/normalizers). */
import type { AlignedText } from './align';
import { filterChars, mapChars, prependText, replaceMatches, stripSpaces } from './alignEdits';
import { normalizeForm } from './alignUnicodeForms';
import { bertNormalizer, lowercase } from './tokenizerBertNormalizer';
import { byteLevel } from './tokenizerBytes';
import { flagAt, type JsonObject, listAt, stringAt, typeOf } from './tokenizerJson';
import { precompiledNormalizer } from './tokenizerPrecompiled';
import { unknownComponent } from './tokenizerProblem';
import { readPattern } from './tokenizerRegex';
import { isCombiningMark } from './tokenizerUnicode';

export type Normalizer = (aligned: AlignedText) => AlignedText;

export function createNormalizer(component: unknown, path = 'normalizer'): Normalizer {
  if (component === null || component === undefined) {
    return (aligned) => aligned;
  }
  const { type, fields } = typeOf(component, path);
  switch (type) {
    case 'Sequence':
      return sequence(fields, path);
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD':
      return (aligned) => normalizeForm(aligned, type);
    case 'Lowercase':
      return lowercase;
    case 'Strip':
      return strip(fields, path);
    case 'StripAccents':
      return (aligned) => filterChars(aligned, (char) => !isCombiningMark(char));
    case 'Replace':
      return replace(fields, path);
    case 'Prepend': {
      const prefix = stringAt(fields, 'prepend', path);
      return (aligned) => prependText(aligned, prefix);
    }
    case 'BertNormalizer':
    case 'Bert':
      return bertNormalizer(fields, path);
    case 'Precompiled':
      return precompiledNormalizer(stringAt(fields, 'precompiled_charsmap', path), path);
    case 'Nmt':
      return nmt;
    case 'ByteLevel':
      return byteLevel;
    default:
      throw unknownComponent('normalizer', type);
  }
}

function sequence(fields: JsonObject, path: string): Normalizer {
  const normalizers = listAt(fields, 'normalizers', path).map((component, index) =>
    createNormalizer(component, `${path}.normalizers[${index}]`),
  );
  return (aligned) => normalizers.reduce((text, normalize) => normalize(text), aligned);
}

function strip(fields: JsonObject, path: string): Normalizer {
  const left = flagAt(fields, 'strip_left', path, false);
  const right = flagAt(fields, 'strip_right', path, false);
  return (aligned) => stripSpaces(aligned, left, right);
}

function replace(fields: JsonObject, path: string): Normalizer {
  const pattern = readPattern(fields['pattern'], `${path}.pattern`);
  const content = stringAt(fields, 'content', path);
  return (aligned) =>
    replaceMatches(
      aligned,
      pattern(aligned.text).filter(({ match }) => match),
      content,
    );
}

/** do_nmt in normalizers/unicode.rs */
function nmt(aligned: AlignedText): AlignedText {
  // oxlint-disable-next-line no-control-regex
  const kept = filterChars(aligned, (char) => !/[\u0001-\u0008\u000B\u000E-\u001F\u007F\u008F\u009F]/.test(char));
  return mapChars(kept, (char) =>
    /[\t\n\f\r\u1680\u200B-\u200F\u2028\u2029\u2581\uFEFF\uFFFD]/.test(char) ? ' ' : char,
  );
}
