import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import type { ModelTrouble } from '../../protocol/model';
import { isPlainObject } from '../../protocol/shape';
import { parseConfigJson } from './configJson';
import { badConfig } from './trouble';

/** A model's config.json. */
export interface ModelConfig {
  readonly modelType: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Where it was read, as it is called in messages. */
  readonly file: string;
  /** The line of a value (from 1), by its path: "hidden_size", "text_config.hidden_size". */
  readonly lines: ReadonlyMap<string, number>;
}

/** The text of a config.json; `file`: its name, for messages. */
export function parseModelConfig(text: string, file: string): Result<ModelConfig, ModelTrouble> {
  const parsed = parseConfigJson(text, file);
  if (!parsed.ok) {
    return err(
      badConfig(file, parsed.error, message('Mend {0}, or get the file again from where the model comes from.', file)),
    );
  }
  const { value, lines } = parsed.value;
  if (!isPlainObject(value)) {
    return err(
      badConfig(
        file,
        message('{0} holds no JSON object.', file),
        message('Mend {0}, or get the file again from where the model comes from.', file),
      ),
    );
  }
  const modelType = value['model_type'];
  if (typeof modelType !== 'string' || modelType === '') {
    return err(
      badConfig(
        file,
        message('{0} has no model_type, so that nothing tells what kind of model it is.', file),
        message('Write the kind of model into {0}, such as "model_type": "llama".', file),
      ),
    );
  }
  return ok({ modelType, values: value, file, lines });
}
