import type { Context } from '../context';
import { JsonView } from './jsonView';
import { LiveView } from './liveView';
import { PlainView } from './plainView';
import type { RunView } from './view';

export function viewFor(json: boolean, { terminal, stdout }: Context): RunView {
  if (json) return new JsonView(stdout);
  return terminal.interactive ? new LiveView(terminal) : new PlainView(terminal);
}
