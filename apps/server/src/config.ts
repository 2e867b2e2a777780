import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseRange } from './egress/allowed-address.ts';

/** All that the program takes from its environment. Nothing else reads `process.env`. */
export interface Config {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** An existing PostgreSQL; undefined means the embedded one in `dataFolder`. */
  databaseUrl: string | undefined;
  dataFolder: string;
  /** Where mail servers return what they cannot deliver, on `host`; undefined: nowhere. */
  mailPort: number | undefined;
  /** Where people and links reach the program, without a slash at the end; undefined: by its port. */
  publicUrl: string | undefined;
  /** Undefined with the embedded database: the secret is kept in `dataFolder`. */
  secret: string | undefined;
  /** Whether the first start makes the sample workspace. */
  sample: boolean;
  logLevel: LogLevel;
  /** Addresses that are not public and that requests may go to all the same. */
  allowEgress: string[];
  /** A file of networks that are machines', or people's after all; see `sends/networks`. */
  networksFile: string | undefined;
  /** Name servers that sender domains are looked up at; the machine's own if there are none. */
  dnsServers: string[];
  /** The new user's password in `users create`. */
  password: string | undefined;
}

export type LogLevel = z.infer<typeof logLevel>;

/** What tests take from the environment. */
export interface TestConfig {
  /** `TEST_DATABASE_URL`: run the tests on this PostgreSQL instead of an embedded one. */
  externalUrl: string | undefined;
  /** `CITUS_URL`: the coordinator that `npm run test:cluster` uses. */
  citusUrl: string | undefined;
  /** `PERENNIAL_KILLS`: how often the kill tests kill; `npm run test:kill` sets it, to 100 unless told. */
  kills: number;
  /** Cases of each property that fuzzes, and what they are made from; `test:fuzz` draws a seed. */
  fuzzRuns: number;
  /** How many definitions are asked both ways. */
  agreementCases: number;
  fuzzSeed: number;
  /** What programs that tests start get of this environment: where compiled code is kept. */
  programEnv: Record<string, string>;
}

type Environment = Record<string, string | undefined>;

const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
  error: 'is one of trace, debug, info, warn, error, fatal, silent',
});

const flag = z
  .enum(['0', '1', 'false', 'true', 'no', 'yes'], { error: 'is 0 or 1' })
  .transform((text) => ['1', 'true', 'yes'].includes(text));

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is a number from 0 to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'is a number from 0 to 65535');

const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//, 'starts with postgresql://');

const publicUrl = z
  .url({ protocol: /^https?$/, error: 'is a URL like https://mail.example.com' })
  .transform((url) => url.replace(/\/+$/, ''));

const addresses = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((ranges) => ranges.every(isRange), {
    error: 'is a list of IP addresses and ranges like 127.0.0.1, 10.0.0.0/8',
  });

const nameServers = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((servers) => servers.every(isNameServer), {
    error:
      'is a list of IP addresses, with a port or without, like 192.0.2.53, [2001:db8::53]:5353',
  });
const secret = z.string().min(16, 'has at least 16 characters; openssl rand -hex 32 makes one');

const environment = z
  .object({
    HOST: z.string().default('127.0.0.1'),
    PORT: port.default(7070),
    PERENNIAL_MAIL_PORT: port.optional(),
    DATABASE_URL: databaseUrl.optional(),
    PERENNIAL_DATA: z.string().default('./data'),
    PERENNIAL_URL: publicUrl.optional(),
    PERENNIAL_SECRET: secret.optional(),
    PERENNIAL_SAMPLE: flag.default(true),
    PERENNIAL_PASSWORD: z.string().optional(),
    PERENNIAL_ALLOW_EGRESS: addresses.optional(),
    PERENNIAL_NETWORKS: z.string().optional(),
    PERENNIAL_DNS_SERVERS: nameServers.optional(),
    LOG_LEVEL: logLevel.default('info'),
  })
  .refine(({ DATABASE_URL, PERENNIAL_SECRET }) => !DATABASE_URL || PERENNIAL_SECRET, {
    path: ['PERENNIAL_SECRET'],
    error:
      'is required with DATABASE_URL: the key that stored credentials are encrypted with. ' +
      '"perennial secret" prints that of an embedded database, openssl rand -hex 32 makes a new one',
    when: () => true,
  });

/** Throws an error that names every mistake at once. */
export function readConfig(env: Environment = process.env): Config {
  const result = environment.safeParse(withoutEmpty(env));
  if (!result.success) throw new Error(explain(result.error));
  const values = result.data;
  return {
    host: values.HOST,
    port: values.PORT,
    mailPort: values.PERENNIAL_MAIL_PORT,
    databaseUrl: values.DATABASE_URL,
    dataFolder: resolve(values.PERENNIAL_DATA),
    publicUrl: values.PERENNIAL_URL,
    secret: values.PERENNIAL_SECRET,
    sample: values.PERENNIAL_SAMPLE,
    logLevel: values.LOG_LEVEL,
    allowEgress: values.PERENNIAL_ALLOW_EGRESS ?? [],
    networksFile: values.PERENNIAL_NETWORKS && resolve(values.PERENNIAL_NETWORKS),
    dnsServers: values.PERENNIAL_DNS_SERVERS ?? [],
    password: values.PERENNIAL_PASSWORD,
  };
}

export function readTestConfig(env: Environment = process.env): TestConfig {
  const {
    TEST_DATABASE_URL,
    CITUS_URL,
    PERENNIAL_KILLS = '5',
    PERENNIAL_FUZZ_RUNS = '150',
    PERENNIAL_FUZZ_SEED = '1',
    PERENNIAL_AGREEMENT_CASES = '150',
    NODE_COMPILE_CACHE,
  } = withoutEmpty(env);
  return {
    externalUrl: TEST_DATABASE_URL,
    citusUrl: CITUS_URL,
    kills: Number(PERENNIAL_KILLS),
    fuzzRuns: Number(PERENNIAL_FUZZ_RUNS),
    fuzzSeed: Number(PERENNIAL_FUZZ_SEED),
    agreementCases: Number(PERENNIAL_AGREEMENT_CASES),
    programEnv: NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE },
  };
}

function isRange(text: string): boolean {
  try {
    parseRange(text);
    return true;
  } catch {
    return false;
  }
}

function isNameServer(text: string): boolean {
  const [, six, four = text, port] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  return isIP(six ?? four) !== 0 && (port === undefined || Number(port) <= 65_535);
}

/** `PORT=` in a shell or a compose file means that it is not set. */
function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function explain(error: z.ZodError): string {
  const mistakes = error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}.`);
  return ['The environment has mistakes:', ...mistakes].join('\n');
}
