import chinese from '../../l10n/bundle.l10n.zh-cn.json';
import type { Words } from '../core/run/stepOutput';

const ENGLISH: Words = { language: 'en', translations: {} };
const CHINESE: Words = { language: 'zh-cn', translations: chinese };

/** The language of the terminal, by POSIX: LC_ALL before LC_MESSAGES before LANG; LANGUAGE lists several. */
export function wordsFor(env: NodeJS.ProcessEnv): Words {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  // in the C locale LANGUAGE counts for nothing (gettext, "The LANGUAGE variable")
  const isC = /^(?:C|POSIX)(?:\.|$)/.test(locale);
  const language = (isC ? '' : env['LANGUAGE']?.split(':')[0]) || locale;
  return /^zh(?:[_.\-@]|$)/i.test(language) ? CHINESE : ENGLISH;
}
