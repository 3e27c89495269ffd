/** Whether a text is meant as a path on this machine, and not as owner/name on the Hub. */
export function looksLocal(text: string): boolean {
  return /^(\.{1,2}([\\/]|$)|[\\/~]|[a-z]:[\\/])/i.test(text) || text.includes('\\');
}

/** A file by its look or by its ending: no dataset on the Hub is called like that. */
export function isLocalData(path: string): boolean {
  return looksLocal(path) || /\.(jsonl?|csv|tsv|parquet)(\.gz)?$/i.test(path);
}

/** A chat template that is a file's name, not the template itself. */
export function isTemplateFile(text: string): boolean {
  return !text.includes('{') && !text.includes('\n');
}

/** As written, apart from ./, a slash at the end, and the kind of slash. */
export function samePath(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part, index) => part !== '.' && (part !== '' || index === 0));
  return parts.join('/');
}

/** The file that tells what a model is. */
export function configFile(model: string): string {
  return `${model.replace(/[\\/]$/, '')}/config.json`;
}
