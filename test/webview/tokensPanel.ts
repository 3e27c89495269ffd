import type { Handlers } from '../../src/protocol/channel';
import type { TokensAsks, TokensPicture, TokensState, TokensTells } from '../../src/protocol/tokenPanel';
import type { TokenView } from '../../src/protocol/tokenView';
import type { Panel, PanelHarness, PanelOptions } from './panelHarness';

export type Asked = { [K in keyof TokensAsks]: readonly [K, TokensAsks[K]['params']] }[keyof TokensAsks];

export function pictureOf(view: TokenView | null, state: TokensState = { kind: 'shown' }): TokensPicture {
  return { recipeName: 'yoda', state, view };
}

/** The token view, with an extension that answers `ready` with this picture and writes down what is asked. */
export async function openTokens(
  harness: PanelHarness,
  picture: TokensPicture,
  options: Omit<PanelOptions<TokensAsks>, 'handlers'> & { readonly editable?: boolean } = {},
): Promise<{ readonly panel: Panel; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const note =
    <K extends keyof TokensAsks>(name: K, result: TokensAsks[K]['result']) =>
    (params: TokensAsks[K]['params']) => {
      // SAFETY: name and params belong to one K.
      asked.push([name, params] as unknown as Asked);
      return result;
    };
  const handlers: Handlers<TokensAsks> = {
    ready: () => picture,
    setValues: note('setValues', options.editable ?? true),
    showInRecipe: note('showInRecipe', null),
    showRow: note('showRow', null),
    showTemplate: note('showTemplate', null),
    askTrainer: note('askTrainer', null),
    readAllRows: note('readAllRows', null),
    tryAgain: note('tryAgain', null),
    stop: note('stop', null),
  };
  const panel = await harness.openPanel<TokensAsks>('tokens', { ...options, handlers });
  await panel.page.locator('h1').waitFor();
  // Text is made in small steps, frame by frame, as far as it is in view.
  await panel.page.waitForFunction(() => {
    const chunks = document.querySelector('#app')?.shadowRoot?.querySelectorAll('.chunk:not(.filled)') ?? [];
    return [...chunks].every((chunk) => chunk.getBoundingClientRect().top > window.innerHeight);
  });
  return { panel, asked };
}

/** As the extension tells the view something; the view's own answer to it is nothing. */
export async function tell<K extends keyof TokensTells>(
  { page }: Panel,
  name: K,
  params: TokensTells[K]['params'],
): Promise<void> {
  const packet = { tunebook: 'ask', id: -1, name, params: JSON.parse(JSON.stringify(params)) };
  await page.evaluate(async (data) => {
    window.postMessage(data, '*');
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, packet);
}
