import { message } from '../../common/message';
import { checkMapping } from '../../core/data/checkMapping';
import { conversationIn } from '../../core/data/recogniseConversation';
import { Table } from '../../core/data/table';
import { firstRows } from '../../engine/data/firstRows';
import { type DatasetPreview, type Detection, type Form, FORMS, type Mapping, type Role } from '../../protocol/dataset';
import { badUsage, Stopped } from '../stopped';

export interface MappingOptions {
  readonly system?: string | undefined;
  readonly user?: string | undefined;
  readonly assistant?: string | undefined;
  readonly messages?: string | undefined;
  readonly role?: readonly string[] | undefined;
  readonly form?: string | undefined;
}

export interface Chosen {
  readonly mapping: Mapping;
  /** What was recognised; null where the person said it all. */
  readonly detection: Detection | null;
}

const ROLES: readonly Role[] = ['system', 'user', 'assistant', 'tool'];

/** How rows become conversations: as they were recognised, with what the person says instead. */
export async function mappingFor(preview: DatasetPreview, options: MappingOptions): Promise<Chosen> {
  const chosen = withRoles(withSystem(await said(preview, options), options.system), options.role ?? []);
  const [problem] = checkMapping(chosen.mapping, preview.columns);
  if (problem !== undefined) throw badUsage(problem.message, columnsHint(preview));
  return chosen;
}

async function said(preview: DatasetPreview, options: MappingOptions): Promise<Chosen> {
  if (options.messages !== undefined) return messagesIn(options.messages, preview);
  const detection = options.form === undefined ? (preview.detections[0] ?? null) : ofForm(options.form, preview);
  const { user, assistant } = options;
  if (user === undefined && assistant === undefined) {
    if (detection !== null) return { mapping: detection.mapping, detection };
    throw unclear(preview);
  }
  if (detection?.mapping.kind === 'columns') {
    const { mapping } = detection;
    const isWhole = user !== undefined && assistant !== undefined;
    const templates = { user: user ?? mapping.user, assistant: assistant ?? mapping.assistant };
    return { mapping: { ...mapping, ...templates }, detection: isWhole ? null : detection };
  }
  if (assistant === undefined) throw badUsage(message('Give --assistant as well: what the assistant says.'));
  const mapping: Mapping = { kind: 'columns', system: null, history: null, user: user ?? '', assistant, tools: null };
  return { mapping, detection: null };
}

async function messagesIn(name: string, preview: DatasetPreview): Promise<Chosen> {
  const known = preview.detections.find(({ mapping }) => mapping.kind === 'conversation' && mapping.column === name);
  if (known !== undefined) return { mapping: known.mapping, detection: known };
  const table = new Table(await firstRows(preview.path, 100));
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw badUsage(message('There is no column {0}.', name), columnsHint(preview));
  const detection = conversationIn(column, table);
  if (detection === null) throw badUsage(message('Column {0} holds no lists of messages.', name), columnsHint(preview));
  return { mapping: detection.mapping, detection };
}

function ofForm(name: string, preview: DatasetPreview): Detection {
  const form: Form | undefined = FORMS.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (form === undefined)
    throw badUsage(message('There is no form {0}.', name), message('Forms: {0}', FORMS.join(', ')));
  const detection = preview.detections.find((candidate) => candidate.form === form);
  if (detection !== undefined) return detection;
  const found = [...new Set(preview.detections.map((candidate) => candidate.form))].join(', ');
  throw badUsage(
    message('The rows don’t look like {0}.', form),
    found === '' ? columnsHint(preview) : message('They could be: {0}', found),
  );
}

function withSystem(chosen: Chosen, system: string | undefined): Chosen {
  return system === undefined ? chosen : { ...chosen, mapping: { ...chosen.mapping, system } };
}

function withRoles(chosen: Chosen, roles: readonly string[]): Chosen {
  if (roles.length === 0) return chosen;
  const { mapping } = chosen;
  if (mapping.kind !== 'conversation')
    throw badUsage(
      message('--role is for rows that hold messages; these don’t.'),
      message('Name their column with --messages.'),
    );
  return { ...chosen, mapping: { ...mapping, roles: { ...mapping.roles, ...Object.fromEntries(roles.map(roleOf)) } } };
}

function roleOf(written: string): readonly [string, Role] {
  const at = written.lastIndexOf('=');
  const role = ROLES.find((candidate) => candidate === written.slice(at + 1).trim());
  if (at <= 0 || role === undefined)
    throw badUsage(
      message('--role is written as name=role, such as human=user: {0}', written),
      message('Roles: {0}', ROLES.join(', ')),
    );
  return [written.slice(0, at), role];
}

function unclear(preview: DatasetPreview): Stopped {
  if (preview.problem !== null && preview.rows.length === 0) return new Stopped(preview.problem.reason);
  if (preview.rows.length === 0) return new Stopped(message('There are no rows in {0}.', preview.path));
  return badUsage(message('How these rows become conversations is not clear.'), columnsHint(preview));
}

function columnsHint({ columns }: DatasetPreview) {
  const names = columns.map(({ name }) => name).join(', ');
  return message('Say it with --user "{…}" and --assistant "{…}", or --messages column. Columns: {0}', names || '–');
}
