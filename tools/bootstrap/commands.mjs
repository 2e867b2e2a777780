import { join } from 'node:path';
import { compileCache } from './node.mjs';

/** What each command runs, with Node.js 24, in this order. */
export const commands = {
  start: {
    needs: ['web', 'server'],
    steps: (args, root) => [
      { ...script('apps/server/dist/cli.js', ['start', ...args]), env: compileCache(root) },
    ],
  },
  test: {
    needs: ['web', 'server'],
    steps: (args, root) => [vitest(['run', ...args], compileCache(root))],
  },
  'test:kill': {
    needs: ['server'],
    // --kills N: how often each kills; what else is named, as in "workflows", are the tests to run.
    steps: (args, root) => {
      const { rest, kills = '100' } = namedNumbers(args, ['kills']);
      const env = { PERENNIAL_KILLS: kills, ...compileCache(root) };
      return [vitest(['run', ...named(rest, '.kill.test.ts')], env)];
    },
  },
  'test:fuzz': {
    // --runs N: cases of each property; --seed N: those of an earlier run; names as for test:kill.
    steps: (args) => {
      const { rest, runs = '2000', seed = randomSeed() } = namedNumbers(args, ['runs', 'seed']);
      const env = { PERENNIAL_FUZZ_RUNS: runs, PERENNIAL_FUZZ_SEED: seed };
      return [vitest(['run', ...named(rest, '.fuzz.test.ts')], env)];
    },
  },
  'test:agreement': {
    // --cases N: definitions that are asked in SQL and of the interpreter; --seed N: those of an earlier run.
    steps: (args) => {
      const { rest, cases = '5000', seed = randomSeed() } = namedNumbers(args, ['cases', 'seed']);
      const env = { PERENNIAL_AGREEMENT_CASES: cases, PERENNIAL_FUZZ_SEED: seed };
      return [vitest(['run', 'agreement.test.ts', ...rest], env)];
    },
  },
  'test:cluster': {
    missing: () => !process.env.CITUS_URL && 'Skipped: CITUS_URL names no cluster to test on.',
    steps: (args) => [vitest(['run', '.cluster.test.ts', ...args])],
  },
  bench: {
    // The programs that it starts run as those of npm start do.
    needs: ['server'],
    steps: (args, root) => [{ ...script('bench/run.ts', args), env: compileCache(root) }],
  },
  check: {
    steps: (args) => (args.includes('--update-schema') ? [updateSchema()] : checks()),
  },
};

function checks() {
  return [
    bin('types of server and packages', 'typescript/bin/tsc', ['-p', 'tsconfig.json']),
    bin('types of the web interface', 'typescript/bin/tsc', ['-p', 'tsconfig.web.json']),
    bin('lint', 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']),
    bin('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']),
    bin('imports', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
      '--config=.dependency-cruiser.mjs',
      'packages',
      'apps',
      'bench',
      'tools',
    ]),
    bin('unused files and exports', 'knip/bin/knip.js', []),
    script('tools/check-table-owners.ts', [], 'owners of tables'),
    script('tools/check-sql.ts', [], 'SQL that a cluster refuses'),
  ];
}

function randomSeed() {
  return String(Math.floor(Math.random() * 2 ** 31));
}

/** The files of the named tests; all that end so if none is named. */
function named(names, ending) {
  return names.length > 0 ? names.map((name) => `/${name}${ending}`) : [ending];
}

/** Takes `--NAME N` out of the arguments. */
function namedNumbers(args, names) {
  /** @type {{ rest: string[] } & Record<string, any>} */
  const numbers = { rest: [] };
  for (let at = 0; at < args.length; at += 1) {
    const name = names.find((candidate) => args[at] === `--${candidate}`);
    if (name && /^\d+$/.test(args[at + 1] ?? '')) numbers[name] = args[(at += 1)];
    else numbers.rest.push(args[at]);
  }
  return numbers;
}

function updateSchema() {
  return script('tools/update-schema.ts', [], 'schema.sql');
}

function vitest(args, env) {
  return { ...bin('tests', 'vitest/vitest.mjs', args), env };
}

function script(path, args, title = path) {
  return { title, argv: [path, ...args] };
}

function bin(title, path, args) {
  return { title, argv: [join('node_modules', path), ...args] };
}
