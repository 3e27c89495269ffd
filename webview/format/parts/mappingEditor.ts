import type { TemplateResult } from 'lit';
import { assertNever } from '../../../src/common/assertNever';
import type { Mapping } from '../../../src/protocol/dataset';
import type { View } from '../view';
import { columnsEditor } from './columnsEditor';
import { conversationEditor } from './conversationEditor';
import { transcriptEditor } from './transcriptEditor';

/** What a mapping can say, by its kind. */
export function mappingEditor(mapping: Mapping, view: View): TemplateResult {
  switch (mapping.kind) {
    case 'conversation':
      return conversationEditor(mapping, view);
    case 'columns':
      return columnsEditor(mapping, view);
    case 'transcript':
      return transcriptEditor(mapping, view);
    default:
      return assertNever(mapping);
  }
}
