import type { Message } from '../../common/message';
import { words } from '../../platform/words';
import type { TokenView } from '../../protocol/tokenView';

/** The same with its sentences in the editor's language, so that the webview needs no words of ours. */
export function translated(view: TokenView): TokenView {
  return {
    ...view,
    fallback: view.fallback === null ? null : said(view.fallback),
    suggestion: view.suggestion === null ? null : { ...view.suggestion, why: said(view.suggestion.why) },
    findings: view.findings.map((finding) => ({
      ...finding,
      message: said(finding.message),
      remedy: said(finding.remedy),
      fixes: finding.fixes.map((fix) => ({ ...fix, title: said(fix.title) })),
    })),
  };
}

function said(message: Message): Message {
  return { text: '{0}', args: [words(message)] };
}
