import { message } from '../../common/message';
import { planPush } from '../../engine/hub/adapterFiles';
import { COMMIT_TITLE, pushAdapter, type PushRequest } from '../../engine/hub/push';
import { HubError } from '../../engine/hub/hubError';
import { repoNameProblem } from '../../engine/hub/repoName';
import { tokensPage } from '../../engine/hub/client';
import { findToken, pastedToken } from '../../engine/hub/token';
import { noToken } from '../../engine/hub/troubles';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { adapterToPush } from '../push/adapterToPush';
import { agrees, PushView, showPlan } from '../push/show';
import { badUsage } from '../stopped';

/** tunebook push [RUN|FOLDER] --repo USER/NAME: a saved adapter, to the Hub, as one commit. The token is never an option. */
export const push: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    {
      repo: { type: 'string' },
      public: { type: 'boolean' },
      'exist-ok': { type: 'boolean' },
      'training-args': { type: 'boolean' },
      message: { type: 'string', short: 'm' },
      yes: { type: 'boolean', short: 'y' },
      json: { type: 'boolean' },
      'runs-directory': { type: 'string' },
    },
    { positionals: 1 },
  );
  const { repo } = values;
  if (repo === undefined)
    throw badUsage(
      message('Name the repository on the Hub: --repo user/name'),
      message('Without user/ it is the account of your token.'),
    );
  const problem = repoNameProblem(repo);
  if (problem !== null) throw badUsage(problem, message('Name it with --repo user/name.'));
  // says at once that the Hub may not be asked
  const page = tokensPage(context.env);
  const folder = await adapterToPush(positionals[0], values['runs-directory'], context);
  const request: PushRequest = {
    plan: await planPush(folder, { trainingArgs: values['training-args'] === true }),
    repo,
    isPrivate: values.public !== true,
    existOk: values['exist-ok'] === true,
    message: values.message?.trim() || COMMIT_TITLE,
  };
  const told = values.json === true ? { ...context, terminal: context.terminal.aside } : context;
  showPlan(request, told.terminal);
  if (values.yes !== true && !(await agrees(told))) {
    told.terminal.say(message('Nothing was sent.'));
    return EXIT.interrupted;
  }
  return pushAndTell(request, await tokenFor(context, page), told, values.json === true);
};

async function tokenFor({ env, askSecret, terminal }: Context, page: string): Promise<string> {
  const found = await findToken(env, null);
  if (found !== null) return found.token;
  if (askSecret === null) throw noToken(page);
  terminal.aside.say(message('There is no token in HF_TOKEN and none of hf auth login. Make one on {0}.', page));
  const typed = pastedToken(await askSecret(`${terminal.text(message('Token that may write (not shown):'))} `));
  if (typed === null) throw noToken(page);
  return typed;
}

async function pushAndTell(request: PushRequest, token: string, context: Context, json: boolean): Promise<number> {
  const { env, terminal, stdout } = context;
  const cancel = new AbortController();
  const interrupts = context.onInterrupt(() => cancel.abort());
  const view = new PushView(terminal);
  try {
    const result = await pushAdapter(request, {
      env,
      token,
      signal: cancel.signal,
      onProgress: (progress) => {
        view.show(progress);
        if (json) stdout.write(`${JSON.stringify({ type: 'progress', ...progress })}\n`);
      },
    });
    view.clear();
    if (json) stdout.write(`${JSON.stringify({ type: 'pushed', ...result })}\n`);
    else view.tell(result);
    return EXIT.done;
  } catch (error) {
    view.clear();
    if (json && error instanceof HubError)
      stdout.write(`${JSON.stringify({ type: 'failed', kind: error.kind, message: error.message })}\n`);
    if (!cancel.signal.aborted || error instanceof HubError) throw error;
    terminal.problem(terminal.text(message('Cancelled: nothing was committed.')));
    return EXIT.interrupted;
  } finally {
    interrupts.dispose();
  }
}
