import { parse } from 'yaml';
import { message } from '../../common/message';
import { applyEdits, setRecipeValue } from '../../core/recipe/edit';
import { parameters } from '../../core/recipe/parameters';
import { nearest } from '../../common/nearest';
import { badUsage } from '../stopped';

export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** `train.training.num_train_epochs=1`, or the end of a path where only one parameter ends so. The value is YAML. */
export function readOverride(text: string): Override {
  const cut = text.indexOf('=');
  if (cut <= 0) throw badUsage(message('--set wants key=value, not {0}.', text));
  const path = parameterPath(text.slice(0, cut).trim());
  const written = text.slice(cut + 1);
  try {
    return { path, value: parse(written) };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw badUsage(message('The value of --set {0} can’t be read as YAML: {1}', text, reason));
  }
}

/** The recipe's text with these values set; comments and order stay. */
export function withOverrides(text: string, overrides: readonly Override[]): string {
  return overrides.reduce((current, { path, value }) => {
    const edit = setRecipeValue(current, path, value);
    if (edit === null)
      throw badUsage(message('{0} can’t be set: something above it in the recipe is no group.', path.join('.')));
    return applyEdits(current, [edit]);
  }, text);
}

function parameterPath(written: string): readonly string[] {
  const parts = written.split('.');
  const known = parameters().map(({ path }) => path);
  const exact = known.find((path) => path.join('.') === written);
  if (exact !== undefined) return exact;
  // keys below a free mapping, such as lora.rank_pattern
  if (known.some((path) => path.length < parts.length && path.every((name, index) => name === parts[index])))
    return parts;
  const endings = known.filter((path) => path.slice(-parts.length).join('.') === written);
  const [only] = endings;
  if (only !== undefined && endings.length === 1) return only;
  if (endings.length > 1)
    throw badUsage(
      message('{0} could be {1}. Write more of it.', written, endings.map((path) => path.join('.')).join(', ')),
    );
  const near = nearest(parts.at(-1) ?? '', [...new Set(known.map((path) => path.at(-1) ?? ''))]);
  throw badUsage(
    message('A recipe has no parameter {0}.', written),
    near === null ? undefined : message('Did you mean {0}?', near),
  );
}
