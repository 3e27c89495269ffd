import * as path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { askSecret } from './askSecret';
import type { Context } from './context';
import { installationAt } from './installation';
import { hangups, interrupts } from './interrupts';
import { runProgram } from './program';
import { Terminal } from './terminal';
import { wordsFor } from './words';

const { stdin, stdout, stderr, env } = process;

// `tunebook … | head`: whoever read has gone (EPIPE), or the terminal has (EIO); what runs goes on.
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });

const isAsked = stdin.isTTY && stderr.isTTY && !env['CI'];
const context: Context = {
  cwd: process.cwd(),
  env,
  terminal: new Terminal(stdout, stderr, env, wordsFor(env)),
  // dist/cli.cjs lies one below the folder of package.json
  installation: installationAt(path.resolve(__dirname, '..')),
  stdout,
  ask: isAsked ? ask : null,
  askSecret: isAsked ? askSecret(stdin, stderr) : null,
  onInterrupt: interrupts(process),
  onHangup: hangups(process),
};

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

async function main(): Promise<void> {
  process.exitCode = await runProgram(process.argv.slice(2), context);
}

void main();
