import { formatMessage } from '../../src/common/message';
import chinese from '../../l10n/bundle.l10n.zh-cn.json';

const BUNDLES: Readonly<Record<string, Readonly<Record<string, string>>>> = { 'zh-cn': chinese };

/** Sentences and numbers in one display language. Numbers go into sentences as text, already formatted. */
export interface Words {
  readonly language: string;
  /** `text` is English, with {0}, {1}, … for `args`, and the key of its translations. */
  t(text: string, ...args: readonly string[]): string;
  /** 12,582,912 */
  integer(value: number): string;
  /** Exactly `digits` decimals; very small numbers in scientific notation: 3.00e-4. */
  decimal(value: number, digits: number): string;
  /** 0.33% of a fraction 0.0033. */
  percent(fraction: number): string;
  /** As transformers users print `get_memory_footprint() / 1e6`: 2,206.34 MB. */
  megabytes(bytes: number): string;
  /** Memory of a device, as drivers count it: 79.6 GiB. */
  gibibytes(bytes: number): string;
  /** Size of a file: 812 B, 12.3 kB, 50.4 MB (powers of 1000). */
  fileSize(bytes: number): string;
  /** 350 ms, 4.2 s, 1 min 23 s, 2 h 5 min. */
  duration(ms: number): string;
}

const made = new Map<string, Words>();

/** `language` is a BCP 47 tag, lower case, as the editor gives it; one that Intl refuses is read as English. */
export function wordsFor(language: string): Words {
  const known = made.get(language);
  if (known !== undefined) return known;
  const words = createWords(language);
  made.set(language, words);
  return words;
}

function createWords(language: string): Words {
  const translations = BUNDLES[language] ?? {};
  const locale = supported(language);
  const format = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
    const formatter = new Intl.NumberFormat(locale, options);
    return (value) => formatter.format(value);
  };
  const integer = format({ maximumFractionDigits: 0 });
  const upTo = (digits: number) => format({ maximumFractionDigits: digits });
  const exactly = [0, 1, 2, 3, 4].map((digits) =>
    format({ minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const one = upTo(1);
  const two = exactly[2] ?? one;
  const percent = format({ style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });

  const t: Words['t'] = (text, ...args) => formatMessage({ text, args }, translations);

  return {
    language,
    t,
    integer,
    decimal: (value, digits) => {
      if (value !== 0 && Math.abs(value) < 10 ** -digits) return value.toExponential(2);
      return (exactly[digits] ?? upTo(digits))(value);
    },
    // A share that is there is not shown as none.
    percent: (fraction) => (fraction > 0 && fraction < 5e-5 ? `< ${percent(1e-4)}` : percent(fraction)),
    megabytes: (bytes) => `${two(bytes / 1e6)} MB`,
    gibibytes: (bytes) => `${one(bytes / 2 ** 30)} GiB`,
    fileSize: (bytes) => {
      if (bytes < 1e3) return `${integer(bytes)} B`;
      if (bytes < 1e6) return `${one(bytes / 1e3)} kB`;
      if (bytes < 1e9) return `${one(bytes / 1e6)} MB`;
      return `${two(bytes / 1e9)} GB`;
    },
    duration: (ms) => {
      if (ms < 1000) return t('{0} ms', integer(ms));
      if (ms < 60_000) return t('{0} s', one(ms / 1000));
      const seconds = Math.round(ms / 1000);
      if (seconds < 3600) return t('{0} min {1} s', integer(Math.floor(seconds / 60)), integer(seconds % 60));
      return t('{0} h {1} min', integer(Math.floor(seconds / 3600)), integer(Math.floor((seconds % 3600) / 60)));
    },
  };
}

function supported(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
