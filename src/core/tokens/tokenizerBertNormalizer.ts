/** tokenizers/src/normalizers/bert.rs */
import { type AlignedText, type Change, transformAligned } from './align';
import { expandChars, filterChars, mapChars } from './alignEdits';
import { normalizeForm } from './alignUnicodeForms';
import { flagAt, type JsonObject } from './tokenizerJson';
import { isNonspacing, isRemovedByBert, WHITESPACE } from './tokenizerUnicode';

export function bertNormalizer(fields: JsonObject, path: string): (aligned: AlignedText) => AlignedText {
  const cleans = flagAt(fields, 'clean_text', path, true);
  const spacesChinese = flagAt(fields, 'handle_chinese_chars', path, true);
  const lowercases = flagAt(fields, 'lowercase', path, true);
  const strips = flagAt(fields, 'strip_accents', path, lowercases);
  return (aligned) => {
    let text = aligned;
    if (cleans) {
      text = cleanText(text);
    }
    if (spacesChinese) {
      text = spaceChinese(text);
    }
    if (strips) {
      text = filterChars(normalizeForm(text, 'NFD'), (char) => !isNonspacing(char));
    }
    return lowercases ? lowercase(text) : text;
  };
}

/** char::to_lowercase looks at one character alone; JavaScript's makes a final Σ of a whole text ς. */
export function lowercase(aligned: AlignedText): AlignedText {
  return aligned.text.toLowerCase() === aligned.text ? aligned : expandChars(aligned, (char) => char.toLowerCase());
}

function cleanText(aligned: AlignedText): AlignedText {
  const kept = filterChars(aligned, (char) => !isRemovedByBert(char));
  return mapChars(kept, (char) => (WHITESPACE.test(char) ? ' ' : char));
}

function spaceChinese(aligned: AlignedText): AlignedText {
  const changes: Change[] = [];
  let any = false;
  for (const char of aligned.text) {
    if (isChinese(char.codePointAt(0) ?? 0)) {
      changes.push({ char: ' ', change: 0 }, { char, change: 1 }, { char: ' ', change: 1 });
      any = true;
    } else {
      changes.push({ char, change: 0 });
    }
  }
  return any ? transformAligned(aligned, changes) : aligned;
}

/** The blocks of is_chinese_char; 0x2B920 for 0x2B820 is theirs. */
function isChinese(point: number): boolean {
  return (
    (point >= 0x4e_00 && point <= 0x9f_ff) ||
    (point >= 0x34_00 && point <= 0x4d_bf) ||
    (point >= 0x2_00_00 && point <= 0x2_a6_df) ||
    (point >= 0x2_a7_00 && point <= 0x2_b7_3f) ||
    (point >= 0x2_b7_40 && point <= 0x2_b8_1f) ||
    (point >= 0x2_b9_20 && point <= 0x2_ce_af) ||
    (point >= 0xf9_00 && point <= 0xfa_ff) ||
    (point >= 0x2_f8_00 && point <= 0x2_fa_1f)
  );
}
