import { InvalidArgumentError, type Command } from 'commander';
import type { z } from 'zod';
import type { Config } from '../../config.ts';

/** What a command has to do with the world around it. */
export interface Terminal {
  /** Called by the command, not before: `--help` must work whatever the environment holds. */
  readConfig(): Config;
  now(): Date;
  /** The result, on standard output. */
  print(text: string): void;
  /** Everything else that a person wants to know, on standard error. */
  tell(text: string): void;
}

/** A command that prints data: as lines for people, or with `--json` as one JSON value. */
export function withJson(command: Command): Command {
  return command.option('--json', 'print JSON');
}

/** Checks an option's text as the API checks the same member. */
export function parsedBy(schema: z.ZodType<string>): (text: string) => string {
  return (text) => {
    const { success, data, error } = schema.safeParse(text);
    if (success) return data;
    throw new InvalidArgumentError(error.issues.map(({ message }) => message).join(' '));
  };
}

export function printData(
  terminal: Terminal,
  data: Record<string, unknown> | unknown[],
  { json }: { json?: boolean },
): void {
  if (json) terminal.print(JSON.stringify(data, null, 2));
  else if (Array.isArray(data)) for (const item of data) terminal.print(asLine(item));
  else
    for (const [name, value] of Object.entries(data)) terminal.print(`${name}: ${asLine(value)}`);
}

function asLine(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
