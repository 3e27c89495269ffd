import type { Failure } from '../../../protocol/trainer';
import { datasetInvalid, noTargetModules, templateInvalid, tokenizerMismatch } from './content';
import type { Entry } from './entry';
import { diskFull, missingFile, outputInUse, permissionDenied } from './files';
import {
  bitsandbytesLibrary,
  driverTooOld,
  missingKernels,
  unsupportedDtype,
  unsupportedQuantization,
} from './hardware';
import { brokenModel, gatedModel, modelNotFound, network } from './hub';
import { killedBySystem, outOfMemory, trainerCrashed } from './memory';
import { invalidRecipe, missingStep, unknown } from './other';
import { missingPackage, packageVersion } from './packages';
import { allLabelsMasked, endNotTrained, interrupted, nonFiniteLoss, unsafePacking } from './training';

/** Every kind of failure: cause, words, remedies, fixes. */
export const CATALOGUE: Readonly<Record<Failure['kind'], Entry>> = {
  outOfMemory,
  nonFiniteLoss,
  interrupted,
  diskFull,
  missingFile,
  permissionDenied,
  missingPackage,
  invalidRecipe,
  modelNotFound,
  gatedModel,
  noTargetModules,
  unsupportedDtype,
  unsupportedQuantization,
  datasetInvalid,
  templateInvalid,
  allLabelsMasked,
  endNotTrained,
  unsafePacking,
  network,
  missingStep,
  outputInUse,
  missingKernels,
  bitsandbytesLibrary,
  driverTooOld,
  packageVersion,
  tokenizerMismatch,
  brokenModel,
  killedBySystem,
  trainerCrashed,
  unknown,
};
