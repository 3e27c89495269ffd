import { parseArgs, type ParseArgsConfig } from 'node:util';
import { message } from '../common/message';
import { badUsage } from './stopped';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>>;

/** Arguments of a command by node:util's parser; what it refuses is the person's mistake, not ours. */
export function readOptions<const O extends Options>(
  args: readonly string[],
  options: O,
  { positionals }: { readonly positionals: number },
): Parsed<O> {
  const parsed = parse(args, options);
  const extra = parsed.positionals[positionals];
  if (extra !== undefined) throw badUsage(message('Unexpected argument: {0}', extra));
  return parsed;
}

function parse<const O extends Options>(args: readonly string[], options: O): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // parseArgs throws TypeErrors with codes ERR_PARSE_ARGS_* and English sentences that name the option
    if (error instanceof TypeError) throw badUsage({ text: error.message, args: [] });
    throw error;
  }
}
