/** Datasets between worker, extension and webview: what a file holds, how its rows become conversations, what went wrong. */
import type { Message } from '../common/message';

export type Role = 'system' | 'user' | 'assistant' | 'tool';

/** As a row's `messages` hold it. Keys that Tunebook doesn't know (name, tool_call_id, reasoning_content, …) are kept. */
export interface ConversationMessage {
  readonly role: Role;
  /** Text; null beside tool_calls; a list of parts only where the source has one. */
  readonly content: unknown;
  readonly tool_calls?: unknown;
  readonly [key: string]: unknown;
}

/** How rows become conversations. */
export type Mapping =
  /** A column that holds a list of messages: OpenAI's (role, content), ShareGPT's (from, value), or other names. */
  | {
      readonly kind: 'conversation';
      readonly column: string;
      readonly roleKey: string;
      readonly contentKey: string;
      /**
       * What rows call a role → role: {human: 'user', gpt: 'assistant'}. Names that aren't in it have their common meaning
       * (core/data/roleNames); the text of a function_call turn becomes tool_calls.
       */
      readonly roles: Readonly<Record<string, Role>>;
      /** A column of tool definitions (list, or JSON text of one), which becomes the row's `tools`. */
      readonly tools: string | null;
      /** Template of a system message where the conversation has none; see `columns`. */
      readonly system: string | null;
    }
  /**
   * Templates with {column}: "{instruction}[[\n\n{input}]]" (what stands in [[ ]] is left out where its columns are empty;
   * {{ is a brace). A template of nothing but one column takes lists of messages as they are.
   */
  | {
      readonly kind: 'columns';
      readonly system: string | null;
      /** A column of earlier turns: [[user, assistant], …] or a list of messages. */
      readonly history: string | null;
      /** '' for none: plain text, which only the assistant says. */
      readonly user: string;
      readonly assistant: string;
      readonly tools: string | null;
    }
  /** One text column with the whole conversation written in it: "Human: …\n\nAssistant: …". */
  | {
      readonly kind: 'transcript';
      readonly column: string;
      /** What stands before what each says, such as "\n\nHuman: ". */
      readonly markers: Readonly<Partial<Record<Role, string>>>;
      /** What ends a turn and is said by nobody, such as "<|im_end|>". */
      readonly ends?: readonly string[];
      readonly system: string | null;
    };

/** The forms that are known by name. Words for people: core/data/formWords. */
export const FORMS = [
  'messages', // OpenAI
  'shareGpt',
  'alpaca',
  'promptCompletion',
  'questionAnswer',
  'preference', // prompt, chosen, rejected: trains on chosen
  'pair', // two free columns
  'transcript',
  'text',
] as const;
export type Form = (typeof FORMS)[number];

export interface Detection {
  readonly form: Form;
  readonly mapping: Mapping;
  /** certain: by names and values; likely: by values alone; guess: a person should look. */
  readonly confidence: 'certain' | 'likely' | 'guess';
}

export interface ColumnInfo {
  readonly name: string;
  /** JSON types seen: "string", "number", "array", "object", "boolean", "null". */
  readonly types: readonly string[];
  /** Of the first row that has one; cut to 200 characters. */
  readonly example: string;
}

export type FileFormat = 'jsonl' | 'json' | 'csv' | 'tsv' | 'parquet';

/** Why a row can't be converted, or a file not be read on. */
export interface RowProblem {
  /** From 1; null where rows have no lines (parquet). The line on which the row starts, or on which its JSON is broken. */
  readonly line: number | null;
  /** From 1, where the place in the line is known. */
  readonly column?: number;
  /** From 0, of all rows of the file. */
  readonly row: number;
  readonly reason: Message;
}

export interface PreviewRow {
  readonly row: number;
  readonly line: number | null;
  /** The row as the file has it, cut to 4,000 characters. */
  readonly source: string;
  /** Null where the row can't be converted: then `problem` says why. */
  readonly messages: readonly ConversationMessage[] | null;
  /** Tool definitions as JSON text. */
  readonly tools: string | null;
  readonly problem: Message | null;
}

export interface DatasetPreview {
  readonly path: string;
  readonly format: FileFormat;
  readonly gzip: boolean;
  /** Of the file as it is on the disk. */
  readonly bytes: number;
  readonly columns: readonly ColumnInfo[];
  /** Best first; empty where nothing fits. */
  readonly detections: readonly Detection[];
  /** The mapping that `rows` are converted by: the one asked for, else the first detection's, else null. */
  readonly mapping: Mapping | null;
  readonly rows: readonly PreviewRow[];
  /** Why reading ended early, if it did. */
  readonly problem: RowProblem | null;
}

export interface FormatProgress {
  readonly bytes: number; // read of the file as it is on the disk
  readonly totalBytes: number;
  readonly rows: number; // read
  readonly skipped: number;
}

export interface FormatReport {
  readonly target: string;
  readonly rows: number; // read
  readonly written: number;
  readonly skipped: number;
  /** The first 100 of the skipped; all of them are in `problemsFile`. */
  readonly problems: readonly RowProblem[];
  /** JSONL of {line, row, reason, source}; null where every row was converted. */
  readonly problemsFile: string | null;
  readonly bytes: number; // written
  readonly durationMs: number;
}

export interface DatasetCalls {
  /** Reads the first rows only. */
  readonly previewDataset: {
    readonly params: { readonly path: string; readonly mapping: Mapping | null; readonly rows: number };
    readonly result: DatasetPreview;
  };
  /**
   * Writes `target` as a whole or not at all (`written` 0: no row could be converted, and there is no target). Refuses if it
   * exists and overwrite is false.
   */
  readonly formatDataset: {
    readonly params: {
      readonly path: string;
      readonly mapping: Mapping;
      readonly target: string;
      readonly overwrite: boolean;
    };
    readonly result: FormatReport;
    readonly progress: FormatProgress;
  };
}
