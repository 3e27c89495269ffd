import { assertNever } from '../../common/assertNever';
import { message, type Message } from '../../common/message';
import { nearest } from '../../common/nearest';
import type { ColumnInfo, Mapping, Role } from '../../protocol/dataset';
import { isBlank } from './content';
import { parseTemplate, templateColumns } from './templateString';

export interface MappingProblem {
  /** The mapping's own key, with a role for markers: 'user', 'column', 'markers.assistant', … */
  readonly field: string;
  readonly message: Message;
}

/** What is wrong with a mapping for a file with these columns, before any row is converted. */
export function checkMapping(mapping: Mapping, columns: readonly ColumnInfo[]): readonly MappingProblem[] {
  const check = new MappingCheck(columns);
  check.template('system', mapping.system);
  switch (mapping.kind) {
    case 'conversation':
      check.column('column', mapping.column);
      check.filled('roleKey', mapping.roleKey);
      check.filled('contentKey', mapping.contentKey);
      if (mapping.roleKey !== '' && mapping.roleKey === mapping.contentKey) {
        check.add('contentKey', message('{0} can’t be both who speaks and what is said.', mapping.roleKey));
      }
      check.optionalColumn('tools', mapping.tools);
      break;
    case 'columns':
      check.optionalColumn('history', mapping.history);
      check.template('user', mapping.user);
      check.said('assistant', mapping.assistant);
      check.optionalColumn('tools', mapping.tools);
      break;
    case 'transcript':
      check.column('column', mapping.column);
      check.markers(mapping.markers);
      break;
    default:
      assertNever(mapping);
  }
  return check.problems;
}

class MappingCheck {
  readonly problems: MappingProblem[] = [];
  readonly #names: readonly string[];

  constructor(columns: readonly ColumnInfo[]) {
    this.#names = columns.map((column) => column.name);
  }

  add(field: string, problem: Message): void {
    this.problems.push({ field, message: problem });
  }

  column(field: string, name: string): void {
    if (name === '') this.add(field, message('Choose a column.'));
    else this.#known(field, name);
  }

  optionalColumn(field: string, name: string | null): void {
    if (name !== null) this.column(field, name);
  }

  filled(field: string, key: string): void {
    if (key === '') this.add(field, message('Say which key of a message it is.'));
  }

  template(field: string, template: string | null): void {
    const parsed = parseTemplate(template ?? '');
    if (!parsed.ok) this.add(field, parsed.error);
    else for (const name of templateColumns(parsed.value)) this.#known(field, name);
  }

  /** What the assistant says is what is learnt, so it can't be the same in every row. */
  said(field: string, template: string): void {
    const before = this.problems.length;
    this.template(field, template);
    const parsed = parseTemplate(template);
    if (this.problems.length > before || !parsed.ok || templateColumns(parsed.value).length > 0) return;
    this.add(
      field,
      isBlank(template)
        ? message('Say what the assistant says, such as {0}.', `{${this.#names.at(-1) ?? 'answer'}}`)
        : message('There is no column in it: the assistant would say the same in every row.'),
    );
  }

  markers(markers: Readonly<Partial<Record<Role, string>>>): void {
    const given = Object.entries(markers).filter(([, marker]) => marker !== '');
    for (const [role, marker] of given) {
      if (isBlank(marker)) this.add(`markers.${role}`, message('The marker of {0} is nothing but blanks.', role));
      const twin = given.find(([other, text]) => other !== role && text.trim() === marker.trim());
      if (twin !== undefined && twin[0] < role) {
        this.add(`markers.${role}`, message('{0} and {1} have the same marker.', twin[0], role));
      }
    }
    if (!given.some(([role]) => role === 'assistant')) {
      this.add(
        'markers.assistant',
        message('Say what stands before what the assistant says, such as {0}.', '"\\n\\nAssistant: "'),
      );
    }
  }

  #known(field: string, name: string): void {
    if (this.#names.includes(name)) return;
    const meant = nearest(name, this.#names);
    this.add(
      field,
      meant === null
        ? message('There is no column {0}; there are {1}.', name, this.#names.join(', '))
        : message('There is no column {0}. Did you mean {1}?', name, meant),
    );
  }
}
