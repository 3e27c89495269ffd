import * as broken from './broken.mjs';
import * as chinese from './chinese.mjs';
import * as datasetProblems from './datasetProblems.mjs';
import * as failure from './failure.mjs';
import * as format from './format.mjs';
import * as formatChinese from './formatChinese.mjs';
import * as interrupt from './interrupt.mjs';
import * as layers from './layers.mjs';
import * as model from './model.mjs';
import * as newcomer from './newcomer.mjs';
import * as ownData from './ownData.mjs';
import * as reload from './reload.mjs';
import * as runsView from './runsView.mjs';
import * as tokens from './tokens.mjs';

/**
 * Each: `name`, `sample` (folder of samples/ to copy, null: an empty folder), perhaps `language`, perhaps `prepare` (changes
 * the folder before it is opened), and `run`.
 */
export const SCENARIOS = [
  newcomer,
  chinese,
  broken,
  ownData,
  format,
  formatChinese,
  interrupt,
  failure,
  reload,
  datasetProblems,
  tokens,
  tokens.inChinese,
  model,
  layers,
  layers.inChinese,
  runsView,
];
