import { html, nothing, type TemplateResult } from 'lit';
import { confidenceWords, formWords } from '../../../src/core/data/formWords';
import type { Message } from '../../../src/common/message';
import type { Mapping } from '../../../src/protocol/dataset';
import { select } from '../../shared/select';
import type { Choice } from '../state';
import type { View } from '../view';
import { link } from './button';

const KINDS: readonly Mapping['kind'][] = ['columns', 'conversation', 'transcript'];

/** Which form was recognised and how surely, and what it could be instead. */
export function formSelect({ state, words, actions }: View): TemplateResult {
  const { t } = words;
  const { preview, choice, mapping } = state;
  const detections = preview?.detections ?? [];
  const said = ({ text, args }: Message): string => t(text, ...args.map(String));
  const byHand: Readonly<Record<Mapping['kind'], string>> = {
    columns: t('By hand: columns'),
    conversation: t('By hand: a list of messages'),
    transcript: t('By hand: one text'),
  };
  const options = [
    ...detections.map(({ form, confidence }, index) => ({
      value: String(index),
      label: said(formWords(form).label),
      description: `${said(formWords(form).explanation)} ${said(confidenceWords(confidence))}`,
    })),
    ...KINDS.map((kind) => ({ value: kind, label: byHand[kind] })),
  ];
  const chosen = typeof choice === 'number' ? detections[choice] : undefined;
  const changed = chosen !== undefined && JSON.stringify(chosen.mapping) !== JSON.stringify(mapping);
  return html`
    <div class="field">
      <span class="label" aria-hidden="true">${t('Form of the rows')}</span>
      ${select(t('Form of the rows'), String(choice ?? ''), options, (value) => actions.choose(choiceOf(value)))}
      ${
        chosen === undefined
          ? html`<p class="quiet hint">
              ${detections.length === 0 ? t('No known form was recognised: say which column is what.') : t('You say which column is what.')}
            </p>`
          : html`<p class="quiet">${said(formWords(chosen.form).explanation)}</p>
              <p class="hint">
                <span class="badge ${tone(chosen.confidence)}">${said(confidenceWords(chosen.confidence))}</span>
                ${changed ? html`<span class="quiet">${t('changed')}</span> ${link(t('Undo changes'), () => actions.reset())}` : nothing}
              </p>`
      }
    </div>
  `;
}

function choiceOf(value: string): Choice {
  return KINDS.find((kind) => kind === value) ?? Number(value);
}

function tone(confidence: 'certain' | 'likely' | 'guess'): string {
  switch (confidence) {
    case 'certain':
      return 'good';
    case 'likely':
      return 'info';
    case 'guess':
      return 'warn';
  }
}
