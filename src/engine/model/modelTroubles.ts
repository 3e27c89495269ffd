import { message } from '../../common/message';
import type { ModelTrouble } from '../../protocol/model';

export function notDownloaded(name: string): ModelTrouble {
  return {
    kind: 'offline',
    severity: 'information',
    message: message('{0} has not been downloaded to this machine yet, and the Hub was not asked.', name),
    remedy: message('Read its structure from the Hub: that takes config.json and the first bytes of its weights.'),
    file: null,
  };
}

export function noFolder(folder: string): ModelTrouble {
  return {
    kind: 'notFound',
    severity: 'error',
    message: message('There is no folder {0}.', folder),
    remedy: message('Write the folder of a model, relative to the recipe, or a name of the Hugging Face Hub.'),
    file: folder,
  };
}
