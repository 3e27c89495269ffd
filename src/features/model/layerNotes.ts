import * as vscode from 'vscode';
import { words } from '../../platform/words';
import type { Amounts } from '../../core/model/amounts';
import { type DifferenceGroup, differenceGroups, differenceWords } from './differences';
import type { ModelLook } from './look';
import { sourceWords } from './summary';

/** A row above the layers that tells something about all of them. */
export interface NoteRow {
  readonly kind: 'note';
  readonly id: string;
  readonly icon: 'chip' | 'pass' | 'warning' | 'info';
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly children: readonly NoteRow[];
}

export function notesOf(look: ModelLook, amounts: Amounts): readonly NoteRow[] {
  return [modelNote(look, amounts), ...loadedNote(look), ...basisNote(look), ...weightNotes(look)];
}

export function noteItem({ id, icon, label, description, tooltip, children }: NoteRow): vscode.TreeItem {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, children.length === 0 ? None : Collapsed);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(COLORS[icon]));
  item.description = description;
  item.tooltip = tooltip;
  item.accessibilityInformation = { label: [label, description].filter(Boolean).join(', ') };
  return item;
}

const COLORS = {
  chip: 'icon.foreground',
  pass: 'testing.iconPassed',
  warning: 'list.warningForeground',
  info: 'notificationsInfoIcon.foreground',
} as const;

function modelNote({ structure, source, layers }: ModelLook, amounts: Amounts): NoteRow {
  const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
  const { modelType, architecture } = structure;
  const label = architecture ?? modelType;
  const from = sourceWords(source);
  return {
    kind: 'note',
    id: 'note/model',
    icon: 'chip',
    label,
    description: [from, vscode.l10n.t('{0} parameters', amounts.compact(parameters))].join(' · '),
    tooltip: [label, `${from}: ${source.place}`, vscode.l10n.t('{0} parameters', amounts.count(parameters))].join('\n'),
    children: [],
  };
}

/** Whether the trainer has what was foreseen. */
function loadedNote({ differences, run, structure }: ModelLook): readonly NoteRow[] {
  if (differences === null) return [];
  const base = { kind: 'note', id: 'note/loaded', children: [] } as const;
  if (differences.length === 0) {
    const count = run?.structure?.modules.length ?? structure.modules.length;
    return [
      {
        ...base,
        icon: 'pass',
        label: vscode.l10n.t('As loaded'),
        description: vscode.l10n.t('{0} modules', count),
        tooltip: vscode.l10n.t(
          'The trainer has loaded exactly what stands here: the same {0} modules by name, class, shape and number format.',
          count,
        ),
      },
    ];
  }
  return [
    {
      ...base,
      icon: 'warning',
      label: vscode.l10n.t('Not as loaded'),
      description: vscode.l10n.t('{0} differences', differences.length),
      tooltip: vscode.l10n.t('What the trainer has loaded is not what was foreseen here. What it has loaded counts.'),
      children: differenceGroups(differences).map(differenceNote),
    },
  ];
}

function differenceNote(group: DifferenceGroup, index: number): NoteRow {
  const text = words(differenceWords(group));
  return {
    kind: 'note',
    id: `note/loaded/${index}`,
    icon: 'warning',
    label: text,
    description: '',
    tooltip: [text, ...group.map(({ name }) => name)].join('\n'),
    children: [],
  };
}

/** A kind of model that isn't known by itself. */
function basisNote({ structure }: ModelLook): readonly NoteRow[] {
  if (structure.basis === 'family') return [];
  return [
    {
      kind: 'note',
      id: 'note/basis',
      icon: 'info',
      label: vscode.l10n.t('Told from the weights alone'),
      description: structure.modelType,
      tooltip: vscode.l10n.t(
        'This kind of model ({0}) is not known here: its layers are told by the names of its tensors. Load the model to see all of it.',
        structure.modelType,
      ),
      children: [],
    },
  ];
}

/** Where the files of the weights tell something else than config.json. */
function weightNotes({ structure }: ModelLook): readonly NoteRow[] {
  const { notes } = structure;
  if (notes.length === 0) return [];
  const children = notes.map(({ tensor, message }, index): NoteRow => {
    const label = words(message);
    return {
      kind: 'note',
      id: `note/weights/${index}`,
      icon: 'warning',
      label,
      description: '',
      tooltip: `${tensor}\n${label}`,
      children: [],
    };
  });
  return [
    {
      kind: 'note',
      id: 'note/weights',
      icon: 'warning',
      label: vscode.l10n.t('The weights do not fit config.json'),
      description: vscode.l10n.t('{0} tensors', notes.length),
      tooltip: vscode.l10n.t('Tensors that config.json does not ask for, or that are missing or of another shape.'),
      children,
    },
  ];
}
