/** What people call things in the examples. */
export const NAMES = {
  field: (name: string) => name.replace('custom.', '').replaceAll('_', ' '),
  segment: () => 'Runners',
  category: () => 'Training tips',
};

export const HEAD = `# The segment language

A rule is JSON. This page is made by \`node tools/generate-language-docs.ts\`; its examples are
checked and said in words by the language itself. How to work with segments is told in
[Segments](segments.md).

\`\`\`json
{ "language": 1, "include": { "type": "everyone" }, "exclude": { "type": "field", "field": "email", "op": "is_empty" } }
\`\`\`

Members are those of \`include\` without those of \`exclude\`, which may be left out. A _node_ is a
condition, or \`{"all": [...]}\`, \`{"any": [...]}\`, \`{"not": ...}\` of nodes: at most 20 deep, 500
conditions together. What is unknown or of the wrong type is refused with the JSON pointer of its place.`;

interface Example {
  title: string;
  text: string;
  include: unknown;
}

export const EXAMPLES: readonly Example[] = [
  {
    title: 'A field',
    text: 'System fields by their names, custom ones as `custom.KEY`. `"ignore_case": true` may stand beside text.',
    include: { type: 'field', field: 'custom.plan', op: 'one_of', value: ['pro', 'team'] },
  },
  {
    title: 'A date',
    text: 'A `period` stands in the place of a value; `zone` is `UTC` unless said: `workspace`, `contact` or a name such as `Europe/Kyiv`.',
    include: {
      type: 'field',
      field: 'birthday',
      op: 'anniversary',
      value: { from: 0, to: 7 },
      zone: 'contact',
    },
  },
  {
    title: 'Events',
    text: '`where` filters by parameters, by path: `cart.total`, `items[].price` (some element), `$key`, `$source`, `$context.app`. Without `measure` at least one is meant, without `period` today.',
    include: {
      type: 'event',
      event: 'WorkoutFinished',
      where: {
        all: [
          { param: 'kind', op: 'equals', value: 'Strength' },
          { param: 'burned', op: 'greater', value: 300 },
        ],
      },
      measure: { kind: 'count', op: 'greater_or_equal', value: 2 },
      period: { kind: 'last', n: 30, unit: 'day' },
    },
  },
  {
    title: 'Silence',
    text: 'Never in the last 9 days, whoever never did it included.',
    include: {
      type: 'event',
      event: 'AppOpened',
      measure: { kind: 'count', op: 'equals', value: 0 },
      period: { kind: 'last', n: 9, unit: 'day' },
    },
  },
  {
    title: 'Was active, now silent',
    text: 'The last one is longer ago; whoever never did it is none of them.',
    include: {
      type: 'event',
      event: 'AppOpened',
      measure: { kind: 'last' },
      period: { kind: 'longer_ago', n: 9, unit: 'day' },
    },
  },
  {
    title: 'A streak',
    text: 'In each of the complete units before this one; `each` asks for more than one event.',
    include: {
      type: 'event',
      event: 'Steps',
      measure: {
        kind: 'streak',
        each: { kind: 'sum', param: 'steps', op: 'greater_or_equal', value: 10_000 },
      },
      period: { kind: 'previous', n: 7, unit: 'day' },
    },
  },
  {
    title: 'Messages',
    text: 'Counts sends, whatever their addresses. `where` names `channel`, `message`, `tag`, `campaign`, `workflow`, `language`, `category`, `url`, `opened`, `clicked`. Opens and clicks by machines count with `"machine": true`.',
    include: {
      type: 'message',
      action: 'delivered',
      where: { param: 'opened', op: 'equals', value: false },
      measure: { kind: 'count', op: 'greater_or_equal', value: 3 },
      period: { kind: 'last', n: 30, unit: 'day' },
    },
  },
  {
    title: 'Orders',
    text: "In their latest state, at the time they were made. Sums, averages, least and greatest are of one currency: the one that `where` wants `currency` to equal, else the workspace's, which an order without a currency is in, too. How many pieces (`items[].quantity`) are added in all currencies.",
    include: {
      type: 'order',
      where: { param: 'status', op: 'equals', value: 'DELIVERED' },
      period: { kind: 'last', n: 90, unit: 'day' },
    },
  },
  {
    title: 'Another segment',
    text: 'A list or a dynamic segment, by its ID. None may lead back to itself.',
    include: { not: { type: 'segment', segment: '12' } },
  },
  {
    title: 'A channel',
    text: 'States: `subscribed unsubscribed unconfirmed complained bounced blocked blacklisted reachable absent`; `app` may be named.',
    include: { type: 'channel', channel: 'email', state: 'reachable' },
  },
  {
    title: 'A subscription category',
    text: 'Who opted in.',
    include: { type: 'category', category: 'tips' },
  },
  {
    title: 'Devices',
    text: 'Some device that is all of it. Versions are compared by their numbers.',
    include: {
      type: 'device',
      where: {
        all: [
          { param: 'platform', op: 'equals', value: 'ios' },
          { param: 'app_version', op: 'less', value: '4.2' },
        ],
      },
    },
  },
  {
    title: 'Workflows',
    text: 'A run of it was or is `entered`, `running`, `completed`, `stopped` or `failed`, ever unless a period is named.',
    include: { type: 'workflow', workflow: '3', state: 'completed' },
  },
];

export const MEASURES = `## Measures

| measure | is true when |
|---|---|
| \`{"kind": "count", "op": "greater_or_equal", "value": 1}\` | so many happened; \`equals 0\` includes who never did it |
| \`{"kind": "sum", "param": "burned", "op": "greater", "value": 500}\` | so is the sum of a parameter; likewise \`average\`, \`min\`, \`max\`. Without any number: false |
| \`{"kind": "distinct", "param": "lesson", "op": "greater", "value": 3}\` | there are so many different values |
| \`{"kind": "first"}\`, \`{"kind": "last"}\` | the earliest, the latest of all history lies in the period |
| \`{"kind": "streak"}\` | each complete unit of a \`previous\` period has one |`;

export const PERIODS = `## Periods

| period | instants |
|---|---|
| \`{"kind": "today"}\`, \`{"kind": "yesterday"}\` | that day |
| \`{"kind": "this", "unit": "week"}\` | from its beginning to its end; \`week month quarter year\` |
| \`{"kind": "previous", "n": 2, "unit": "month"}\` | the complete units before this one; \`day\` too |
| \`{"kind": "last", "n": 7, "unit": "day"}\` | up to now; \`minute hour day week month year\`, of fixed length: a month is 30 days |
| \`{"kind": "longer_ago", "n": 9, "unit": "day"}\` | before that |
| \`{"kind": "next", "n": 3, "unit": "day"}\` | from now on; of dates only |
| \`{"kind": "between", "from": "2026-01-01", "to": "2026-02-01"}\` | \`to\` left out |
| \`{"kind": "before", "at": "2026-01-01"}\`, \`{"kind": "after", "at": "2026-01-01"}\` | before it; from it on |
| \`{"kind": "ever"}\` | all |

Weeks begin on Monday. \`zone\` may stand in a period.`;

export const REST = `## Values from an event

A \`value\` may be \`{"$event": "path"}\`, a parameter of the event that is being handled. Such a
segment has no members of its own: it serves workflows that start for everybody who matches an event.`;
