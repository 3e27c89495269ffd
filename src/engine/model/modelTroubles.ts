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

export function notFinished(name: string): ModelTrouble {
  return {
    kind: 'offline',
    severity: 'information',
    message: message('{0} is on this machine in part alone, and the Hub was not asked.', name),
    remedy: message('Read its structure from the Hub: that takes config.json and the first bytes of its weights.'),
    file: null,
  };
}

export function switchedOff(name: string): ModelTrouble {
  return {
    kind: 'offline',
    severity: 'warning',
    message: message('{0} is not on this machine, and HF_HUB_OFFLINE forbids to ask the Hub.', name),
    remedy: message('Take HF_HUB_OFFLINE out of the environment, or name a model that was downloaded.'),
    file: null,
  };
}

export function badName(name: string): ModelTrouble {
  return {
    kind: 'notFound',
    severity: 'error',
    message: message('{0} is neither a folder nor a name that the Hub could know.', name),
    remedy: message('Write the folder of a model, relative to the recipe, or a name of the Hugging Face Hub.'),
    file: null,
  };
}

export function badEndpoint(endpoint: string): ModelTrouble {
  return {
    kind: 'offline',
    severity: 'warning',
    message: message('HF_ENDPOINT is {0}, which is no address.', endpoint),
    remedy: message('Write an address that begins with https://, or take HF_ENDPOINT out of the environment.'),
    file: null,
  };
}
