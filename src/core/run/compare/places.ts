import { isLocalData, isTemplateFile, looksLocal } from '../../recipe/recipePaths';

/** Keys that name a file or folder which is read: whether a value is one. */
const READ: Readonly<Record<string, (value: string) => boolean>> = {
  'model.model_name_or_path': looksLocal,
  'data.path': isLocalData,
  'tokenizer.tokenizer_name_or_path': looksLocal,
  'tokenizer.chat_template': isTemplateFile,
  'train.environment.resume_from_checkpoint': () => true,
};

/** Keys that name a folder which is written. */
const WRITTEN = new Set(['train.environment.output_dir', 'save.output_dir']);

export interface PlacedValue {
  readonly value: string;
  readonly baseDirectory: string | null;
}

/**
 * Of each run's value of this key what it is compared by, where the key names places; null where it doesn't. A file counts as the
 * same where it lies at the same place, however that is written. A folder for results also where it is written the same way
 * beside another recipe: "./adapter" means the same in each.
 */
export function placeKeys(key: string, values: readonly (PlacedValue | null)[]): readonly (string | null)[] | null {
  const isPlace = READ[key];
  const written = WRITTEN.has(key);
  if (isPlace === undefined && !written) return null;
  const absolutes = values.map((placed) =>
    placed === null ? null : absolutePath(placed.baseDirectory === null ? withBaseOf(placed, values) : placed),
  );
  const local = values.map((placed) => placed !== null && (written || isPlace?.(placed.value) === true));
  if (written && new Set(values.map((placed) => (placed === null ? null : tidy(placed.value)))).size < 2)
    return values.map((placed) => (placed === null ? null : tidy(placed.value)));
  return values.map((placed, run) => {
    if (placed === null) return null;
    const absolute = absolutes[run] ?? placed.value;
    // "base" may be a name on the Hub, or the folder that another recipe calls "./base"
    const meant = local[run] === true || absolutes.some((other, index) => local[index] === true && other === absolute);
    return meant ? absolute : placed.value;
  });
}

/** Where nobody knows any more what a path started from, it is the one that another run writes the same way. */
function withBaseOf(placed: PlacedValue, values: readonly (PlacedValue | null)[]): PlacedValue {
  const other = values.find(
    (candidate) => candidate?.baseDirectory != null && tidy(candidate.value) === tidy(placed.value),
  );
  return other ?? placed;
}

/** Windows tells no case of letters apart, nor the two slashes. */
export function absolutePath({ value, baseDirectory }: PlacedValue): string {
  const isAbsolute = /^([a-z]:)?[\\/]|^~/i.test(value);
  const whole = isAbsolute || baseDirectory === null ? value : `${baseDirectory}/${value}`;
  const tidied = tidy(whole);
  return /^[a-z]:/i.test(tidied) ? tidied.toLowerCase() : tidied;
}

function tidy(path: string): string {
  const parts: string[] = [];
  for (const [index, part] of path.replaceAll('\\', '/').split('/').entries()) {
    if (part === '.' || (part === '' && index > 0)) continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
