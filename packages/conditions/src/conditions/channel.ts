import { z } from 'zod';
import { parseWith, quoted } from '../check/report.ts';
import { joinedChange } from '../evaluate/joined-change.ts';
import { expectedOneOf } from '../periods/parts.ts';
import type { Write } from '../sentences/write.ts';
import type { ConditionType } from './condition-type.ts';
import { never } from './never.ts';

/**
 * What an address of a channel can be. `reachable`: marketing may go there now; `absent`: there is
 * no address.
 */
export const CHANNEL_STATES = [
  'subscribed',
  'unconfirmed',
  'unsubscribed',
  'complained',
  'bounced',
  'blocked',
  'blacklisted',
  'reachable',
  'absent',
] as const;

const EXPECTED = 'expected a channel such as email';

const schema = z.strictObject({
  type: z.literal('channel'),
  channel: z.string({ error: EXPECTED }).min(1, { error: EXPECTED }).max(50, { error: EXPECTED }),
  state: z.enum(CHANNEL_STATES, { error: expectedOneOf(CHANNEL_STATES) }),
  app: z.string().min(1).max(200).optional(),
});

/** Some address of the channel is in that state. */
export type ChannelCondition = z.infer<typeof schema>;

/** Some address of the channel is in that state; `absent`: the contact has none. */
export const channel: ConditionType<ChannelCondition> = {
  type: 'channel',
  schema,
  check(input, { report, channels }) {
    const condition = parseWith(schema, input, report);
    if (!condition || !channels || channels(condition.channel)) return condition;
    report.at('channel').add(`there is no channel ${quoted(condition.channel)}`);
    return undefined;
  },
  compile:
    ({ channel: name, state, app }) =>
    ({ channels = [] }) => {
      const ofIt = channels.filter(
        (address) => address.channel === name && (app === undefined || address.app === app),
      );
      const values = () => ({ states: ofIt.flatMap(({ states }) => [...states]) });
      if (state === 'absent') return { result: ofIt.length === 0, values, changesAt: never };
      const parts = ofIt.map(({ states, until }) => ({
        result: states.includes(state),
        changesAt: () => until ?? Infinity,
      }));
      const result = parts.some((part) => part.result);
      return { result, values, changesAt: () => joinedChange('some', parts) };
    },
  toSql(question, { sql, changes }) {
    const { channel: ask, channelChanges } = sql.sources;
    if (changes && channelChanges) changes.add(channelChanges(question));
    return ask?.(question) ?? 'false';
  },
  need: ({ channel: name }, needs) => needs.channel(name),
  canonical: ({ channel: name, state, app }) => ({
    type: 'channel',
    channel: name,
    state,
    ...(app === undefined ? {} : { app }),
  }),
  sentence: (condition, write) =>
    write.message('condition.channel.sentence', wordsOf(condition, write)),
  denial: (condition, write) =>
    write.message('condition.channel.denial', wordsOf(condition, write)),
  messages: {
    sentence: `{state, select,
      absent {has no {channel}}
      subscribed {is subscribed by {channel}}
      reachable {can be reached by {channel}}
      unconfirmed {has not confirmed {channel}}
      unsubscribed {unsubscribed from {channel}}
      complained {complained about {channel}}
      bounced {has {channel} that bounced}
      blocked {has {channel} that is blocked for a while}
      other {has {channel} that is blacklisted}
    }{app, select, none {} other { in the app {app}}}`,
    denial: `{state, select,
      absent {has {channel}}
      subscribed {is not subscribed by {channel}}
      reachable {cannot be reached by {channel}}
      unconfirmed {has no unconfirmed {channel}}
      unsubscribed {did not unsubscribe from {channel}}
      complained {did not complain about {channel}}
      bounced {has no {channel} that bounced}
      blocked {has no {channel} that is blocked for a while}
      other {has no {channel} that is blacklisted}
    }{app, select, none {} other { in the app {app}}}`,
  },
};

function wordsOf({ channel: name, state, app = 'none' }: ChannelCondition, write: Write) {
  return { channel: write.channel(name), state, app };
}
