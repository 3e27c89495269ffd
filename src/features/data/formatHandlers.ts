import * as path from 'node:path';
import * as vscode from 'vscode';
import { message } from '../../common/message';
import type { WorkerClient } from '../../engine/worker/client';
import { type Handlers, RequestError } from '../../protocol/channel';
import type { FormatReport } from '../../protocol/dataset';
import type { FormatEnd, FormatPanelCalls } from '../../protocol/formatPanel';
import { chooseTarget } from './formatFiles';
import type { FormatJob } from './formatJob';
import { openFile, openLine } from './formatOpen';
import { exists, freeTarget, proposedTarget, targetPath, typedTarget } from './formatTarget';
import { useInRecipe } from './formatUse';

const PREVIEW_ROWS = 20;

export interface FormatContext {
  readonly file: vscode.Uri;
  readonly worker: WorkerClient;
  readonly job: FormatJob;
  /** Where the panel is now. */
  column(): vscode.ViewColumn | undefined;
  formatAnother(): Promise<void>;
}

/** What the panel of a file can ask. */
export function formatHandlers(context: FormatContext): Handlers<FormatPanelCalls> {
  const { file, worker, job } = context;
  const source = file.fsPath;
  return {
    ready: () => ({
      name: path.basename(source),
      path: source,
      target: proposedTarget(source),
      unsaved: vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === file.toString()),
      job: job.state,
    }),
    preview: ({ mapping }, { signal }) =>
      worker.request('previewDataset', { path: source, mapping, rows: PREVIEW_ROWS }, { signal }),
    chooseTarget: async ({ target }) => {
      const chosen = await chooseTarget(source, target);
      return chosen === null ? null : typedTarget(source, chosen);
    },
    format: ({ mapping, target: typed, overwrite }, { progress }) => {
      const target = targetPath(source, typed);
      if (!overwrite && exists(target)) return existing(source, target);
      const params = { path: source, mapping, target, overwrite };
      return job.run((signal, told) => worker.request('formatDataset', params, { signal, onProgress: told }), progress);
    },
    follow: (_, { progress }) => job.follow(progress),
    cancelFormat: async () => {
      await job.cancel();
      return null;
    },
    openSourceLine: async ({ line }) => {
      await openLine(file, line, context.column());
      return null;
    },
    openResult: async ({ file: which }) => {
      const { target, problemsFile } = reportOf(job);
      await openFile(which === 'target' ? target : (problemsFile ?? target), context.column());
      return null;
    },
    useInRecipe: () => useInRecipe(vscode.Uri.file(reportOf(job).target)),
    formatAnother: async () => {
      await context.formatAnother();
      return null;
    },
  };
}

function reportOf({ state }: FormatJob): FormatReport {
  if (state?.kind === 'done') return state.report;
  throw new RequestError(message('There is no result yet: convert the file first.'));
}

function existing(source: string, target: string): FormatEnd {
  return { kind: 'exists', target: typedTarget(source, target), free: typedTarget(source, freeTarget(target)) };
}
