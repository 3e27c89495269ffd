import type { TemplateResult } from 'lit';
import type { Mapping } from '../../../src/protocol/dataset';
import { problemOf } from '../problems';
import type { View } from '../view';
import { templateField } from './templateField';

/** A system message before conversations that have none; columns may stand in it. */
export function systemField(mapping: Mapping, view: View): TemplateResult {
  const { t } = view.words;
  return templateField(
    {
      id: 'system',
      label: t('System prompt'),
      value: mapping.system ?? '',
      problem: problemOf(mapping, 'system', view),
      placeholder: t('(none)'),
      hint:
        mapping.kind === 'columns'
          ? t('Use the same one when you ask the model later.')
          : t('For conversations that have none. Use the same one when you ask the model later.'),
      act: (text) => view.actions.change({ ...mapping, system: text === '' ? null : text }),
    },
    view.state.preview?.columns ?? [],
    view.words,
  );
}
