import * as vscode from 'vscode';
import type { Completion, Suggestions } from '../../core/recipe/complete';
import type { KeyDocs } from '../../core/recipe/hover';
import type { TextRange } from '../../core/recipe/problem';
import { words } from '../../platform/words';
import { CELL_LANGUAGES } from '../cellLanguages';
import type { RecipeModels } from '../recipeModels';
import { sourceHolding } from '../recipeSource';
import { outlineOf, type OutlineNode } from './outline';
import { failureFixes, quickFixes } from './quickFixes';
import type { RecipeDiagnostics } from './diagnostics';

/** Recipes as text, and the cells of recipe notebooks. */
const SELECTOR: vscode.DocumentSelector = [
  { language: 'yaml', pattern: '**/*.tune.yaml' },
  ...CELL_LANGUAGES.map((language) => ({ language })),
];

export function registerLanguageFeatures(diagnostics: RecipeDiagnostics, models: RecipeModels): vscode.Disposable {
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerHoverProvider(SELECTOR, { provideHover }),
    languages.registerCompletionItemProvider(
      SELECTOR,
      { provideCompletionItems: (document, position) => provideCompletionItems(document, position, models) },
      ':',
      ' ',
      '[',
    ),
    languages.registerDocumentSymbolProvider(SELECTOR, { provideDocumentSymbols }, { label: 'Tunebook' }),
    languages.registerCodeActionsProvider(
      SELECTOR,
      {
        provideCodeActions: (document, range) => [
          ...failureFixes(diagnostics.failuresIn(document), range),
          ...quickFixes(diagnostics.placedIn(document), range),
        ],
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

async function provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | null> {
  const { hoverAt } = await import('../../core/recipe/hover');
  const docs = hoverAt(document.getText(), document.offsetAt(position));
  return docs === null ? null : new vscode.Hover(describe(docs), toRange(document, docs.range));
}

function describe({ path, type, defaultText, required, description, docsUrl }: KeyDocs): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**\`${path.join('.')}\`**`);
  if (type !== '') text.appendMarkdown(` \`${type.replaceAll('`', "'")}\``);
  text.appendMarkdown('\n\n').appendMarkdown(words(description)).appendMarkdown('\n\n');
  if (required) text.appendMarkdown(vscode.l10n.t('Required.'));
  else if (defaultText !== null) text.appendMarkdown(vscode.l10n.t('Default: {0}', `\`${defaultText}\``));
  if (docsUrl !== null) text.appendMarkdown(`\n\n[${vscode.l10n.t('Documentation')}](${docsUrl})`);
  return text;
}

async function provideCompletionItems(
  document: vscode.TextDocument,
  position: vscode.Position,
  models: RecipeModels,
): Promise<vscode.CompletionItem[]> {
  const { completeAt } = await import('../../core/recipe/complete');
  const suggestions = await suggestionsOf(document, models);
  return completeAt(document.getText(), document.offsetAt(position), suggestions).map((completion, index) =>
    toItem(document, completion, index),
  );
}

/** Names of the recipe's own model, where that was read. */
async function suggestionsOf(document: vscode.TextDocument, models: RecipeModels): Promise<Suggestions> {
  const { read, recipe } = models.stateOf(sourceHolding(document).uri);
  if (read?.kind !== 'structure' || recipe === null) return {};
  const { loraSuggestions } = await import('../../core/model/lora/suggestions');
  return loraSuggestions(read.structure, recipe.lora);
}

function toItem(document: vscode.TextDocument, completion: Completion, index: number): vscode.CompletionItem {
  const { label, kind, insertText, replace, detail, description } = completion;
  const item = new vscode.CompletionItem(
    label,
    kind === 'key' ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Value,
  );
  item.insertText = insertText;
  item.range = toRange(document, replace);
  item.sortText = String(index).padStart(4, '0');
  if (detail !== '') item.detail = detail;
  if (description !== null) item.documentation = new vscode.MarkdownString(words(description));
  return item;
}

function provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
  return outlineOf(document.getText()).map((node) => toSymbol(document, node));
}

function toSymbol(document: vscode.TextDocument, node: OutlineNode): vscode.DocumentSymbol {
  const nameRange = document.lineAt(node.line).range;
  const range = new vscode.Range(nameRange.start, document.lineAt(node.endLine).range.end);
  const kind = node.children.length > 0 ? vscode.SymbolKind.Module : vscode.SymbolKind.Property;
  const symbol = new vscode.DocumentSymbol(node.key, node.value, kind, range, nameRange);
  symbol.children = node.children.map((child) => toSymbol(document, child));
  return symbol;
}

function toRange(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
