import { formatMessage, type Message, message } from '../../common/message';
import { docsOf } from './hover';
import { type Parameter, parameters, parametersUnder } from './parameters';

/** docs/parameters.md, from the schema. `translations`: English → the page's language. */
export function parametersPage(translations: Readonly<Record<string, string>>): string {
  const words = (text: Message): string => formatMessage(text, translations);
  const intro = [
    `# ${words(message('The parameters of a recipe'))}`,
    '',
    words(
      message(
        'Every key of a *.tune.yaml file, by section, under the name that Hugging Face uses. Only model_name_or_path and path are required; everything else has a default. This page is made from the schema by scripts/generate.mjs.',
      ),
    ),
  ];
  const tables = [...parameters()].filter(({ group }) => group).flatMap((group) => table(group, words));
  return [...intro, ...tables, ''].join('\n');
}

function table(group: Parameter, words: (text: Message) => string): string[] {
  const rows = parametersUnder(group.path)
    .filter((parameter) => !parameter.group || parameter.nullable)
    .map(({ path }) => {
      const docs = docsOf(path);
      if (docs === null) return '';
      const standard = docs.required ? words(message('required')) : code(docs.defaultText ?? 'null');
      return `| ${code(docs.key)} | ${cell(docs.type)} | ${standard} | ${cell(words(docs.description))} |`;
    });
  const title = `${'#'.repeat(group.path.length + 1)} ${group.path.join('.')}`;
  const url = group.docsUrl === null ? '' : ` [${words(message('More'))}](${group.docsUrl})`;
  const head = [message('Key'), message('Type'), message('Default'), message('What it does')].map(words);
  const lines = ['', title, '', words(message(group.description)) + url];
  return rows.length === 0 ? lines : [...lines, '', `| ${head.join(' | ')} |`, '|---|---|---|---|', ...rows];
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

/** A bar would end the cell of a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
