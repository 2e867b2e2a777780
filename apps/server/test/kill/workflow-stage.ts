import type { Stage } from './stage.ts';

/** A block as it is drawn. */
export interface DrawnBlock {
  type: string;
  exits: Record<string, string>;
  [setting: string]: unknown;
}

export interface Drawn {
  /** The workflow that has every block. */
  all: { id: string; first: string; blocks: Record<string, DrawnBlock> };
  /** What it starts. */
  other: { id: string };
  list: string;
  /** A list of those whom `message_to_segment` writes to. */
  readers: string;
  pool: string;
}

/**
 * A workflow through every kind of block, with what its blocks name, all by the management API. Who
 * is not stopped takes the same way as everybody else, but for the split, the switch and the wait.
 */
export async function drawEveryBlock(
  { call }: Stage,
  { hook, smtpPort, codes: n }: { hook: string; smtpPort: number; codes: number },
): Promise<Drawn> {
  const make = async (path: string, body: unknown): Promise<string> =>
    (await call<{ id: string }>('POST', path, body)).id;
  // Nobody may be written to until `confirm` made it so.
  await call('PATCH', '/settings', { identify_confirms: false });
  await make('/providers', {
    channel: 'email',
    kind: 'smtp',
    name: 'peer',
    settings: { host: '127.0.0.1', port: smtpPort, security: 'none', from: 'test@example.com' },
  });
  await make('/fields', { key: 'count', label: 'Count', type: 'integer' });
  await call('POST', '/categories', { key: 'news', name: 'News', default_subscribed: false });
  const list = await make('/segments', { name: 'Through', kind: 'list' });
  const readers = await make('/segments', { name: 'Readers', kind: 'list' });
  const pool = await make('/promo_pools', { name: 'Codes' });
  const codes = Array.from({ length: n }, (_, i) => `CODE-${i}`);
  await call('POST', `/promo_pools/${pool}/codes`, { codes });
  const write = (channel: string, name: string, content: object, tags: string[] = []) =>
    make('/messages', { name, channel, content: { en: content }, tags });
  const mail = (name: string, tags?: string[]) =>
    write(
      'email',
      name,
      { subject: name, html: '<p><a href="{{ unsubscribe_url }}">no</a></p>' },
      tags,
    );
  const [hello, receipt] = [await mail('hello'), await mail('receipt')];
  const chapter = await mail('chapter');
  for (const name of ['one', 'two']) await mail(name, ['variant']);
  const { items: tags } = await call<{ items: { id: string; name: string }[] }>('GET', '/tags');
  const variant = tags.find(({ name }) => name === 'variant')!.id;
  const push = { title: 'Hello', body: 'Hello' };
  const messages = {
    sms: await write('sms', 'sms', { text: 'Hello' }),
    viber: await write('viber', 'viber', { text: 'Hello' }),
    telegram: await write('telegram', 'telegram', { text: 'Hello' }),
    mobile_push: await write('mobile_push', 'push', push),
    web_push: await write('web_push', 'web push', push),
    app_inbox: await write('app_inbox', 'inbox', push),
    in_app: await write('in_app', 'in app', { html: '<p>Hello</p>' }),
  };
  const publish = async (name: string, definition: object): Promise<string> => {
    const id = await make('/workflows', { name, tags: [], definition });
    await call('POST', `/workflows/${id}/publish`);
    await call('POST', `/workflows/${id}/activate`);
    return id;
  };
  const other = await publish('Other', {
    language: 1,
    start: { type: 'manual' },
    limits: { one_at_a_time: false },
    first: 'b1',
    blocks: { b1: { type: 'end' } },
  });

  const blocks: Record<string, DrawnBlock> = {};
  /** Blocks in a row: each exit leads to the one behind. */
  const row: [string, Record<string, unknown>, exits?: string[]][] = [
    ['refused', { type: 'email', message: hello }, ['next', 'failed']],
    ['confirm', { type: 'confirm' }],
    ['confirm_sms', { type: 'confirm', channel: 'sms' }],
    ['confirm_viber', { type: 'confirm', channel: 'viber' }],
    [
      'fields',
      {
        type: 'update_fields',
        set: { city: { $event: 'city' } },
        increment: { 'custom.count': 1 },
      },
    ],
    ['hello', { type: 'email', message: hello }],
    ...Object.entries(messages).map(
      ([type, message]): [string, Record<string, unknown>, string[]] => [
        type,
        { type, message },
        ['next', 'failed'],
      ],
    ),
    [
      'choose',
      { type: 'one_from_many', channel: 'email', include: [variant], mode: 'equal', memory: 0 },
    ],
    ['receipt', { type: 'email', message: receipt, transactional: true }],
    ['enter', { type: 'add_to_list', list }],
    ['inside', { type: 'if', condition: { type: 'segment', segment: list } }, ['yes']],
    ['leave', { type: 'remove_from_list', list }],
    ['outside', { type: 'if', condition: { type: 'segment', segment: list } }, ['no']],
    ['topic', { type: 'subscribe', category: 'news' }],
    ['no_topic', { type: 'unsubscribe', category: 'news' }],
    ['mute', { type: 'unsubscribe', channel: 'viber' }],
    ['unmute', { type: 'subscribe', channel: 'viber' }],
    ['hush', { type: 'unsubscribe', channel: 'sms' }],
    ['code', { type: 'promo_code', pool }, ['ok', 'empty']],
    [
      'friend',
      {
        type: 'create_contact',
        external_id: { $event: 'friend' },
        fields: { first_name: 'Friend' },
      },
      ['created', 'updated'],
    ],
    ['greet', { type: 'launch_event', event: 'Greeted' }],
    ['other', { type: 'start_workflow', workflow: other }],
    [
      'hook',
      { type: 'webhook', url: hook, body: { person: '{{ contact.external_id }}' }, retries: 5 },
      ['ok', 'failed'],
    ],
    [
      'tell',
      { type: 'message_to_segment', message: chapter, segment: readers },
      ['next', 'failed'],
    ],
    ['split', { type: 'split', weights: { a: 1, b: 1 } }, ['a', 'b']],
    [
      'switch',
      {
        type: 'switch',
        conditions: [
          { type: 'event_param', param: 'n', op: 'equals', value: 0 },
          { type: 'event_param', param: 'n', op: 'equals', value: 1 },
        ],
      },
      ['1', '2', 'else'],
    ],
    ['past', { type: 'wait_until', date: '2020-01-01' }],
    ['rest', { type: 'timer', wait: { n: 1, unit: 'minute' } }],
    [
      'wait',
      { type: 'wait_for', event: 'Answered', timeout: { n: 1, unit: 'hour' } },
      ['happened', 'timeout'],
    ],
    ['goal', { type: 'goal' }],
    ['here', { type: 'checkpoint', name: 'here' }],
    ['end', { type: 'end' }, []],
  ];
  for (const [i, [id, settings, exits = ['next']]] of row.entries()) {
    const next = row[i + 1]?.[0];
    const drawn = Object.fromEntries(exits.map((exit) => [exit, next!]));
    blocks[id] = { ...(settings as { type: string }), exits: drawn };
  }
  const all = await publish('All', {
    language: 1,
    start: { type: 'event', event: 'Joined' },
    stop: [{ type: 'event', event: 'Left' }],
    limits: {},
    first: row[0]![0],
    blocks,
  });
  return { all: { id: all, first: row[0]![0], blocks }, other: { id: other }, list, readers, pool };
}
