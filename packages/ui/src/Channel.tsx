import {
  IconAppWindow,
  IconBell,
  IconBrandTelegram,
  IconDeviceMobile,
  IconInbox,
  IconLayoutBottombarExpand,
  IconMail,
  IconMessage,
  IconBrandViber,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react';
import { Tooltip } from '@mantine/core';
import { useUiText } from './use-ui-text.ts';
import classes from './Channel.module.css';

/** Icon and colour of every channel, the same in builder, timeline and charts. */
export const channelLooks = {
  email: { icon: IconMail, colour: 'var(--p-channel-email)' },
  mobile_push: { icon: IconDeviceMobile, colour: 'var(--p-channel-mobile-push)' },
  web_push: { icon: IconBell, colour: 'var(--p-channel-web-push)' },
  sms: { icon: IconMessage, colour: 'var(--p-channel-sms)' },
  viber: { icon: IconBrandViber, colour: 'var(--p-channel-viber)' },
  telegram: { icon: IconBrandTelegram, colour: 'var(--p-channel-telegram)' },
  app_inbox: { icon: IconInbox, colour: 'var(--p-channel-app-inbox)' },
  in_app: { icon: IconAppWindow, colour: 'var(--p-channel-in-app)' },
  webhook: { icon: IconWebhook, colour: 'var(--p-channel-webhook)' },
  widget: { icon: IconLayoutBottombarExpand, colour: 'var(--p-channel-widget)' },
} satisfies Record<string, { icon: Icon; colour: string }>;

export type ChannelKey = keyof typeof channelLooks;

/** Whether a string of the wire is a channel this interface can draw. */
export function isChannelKey(value: string): value is ChannelKey {
  return Object.hasOwn(channelLooks, value);
}

interface ChannelProps {
  channel: string;
  size?: 16 | 20;
}

/** The channel's icon in its colour, its name on hover. */
export function ChannelIcon({ channel, size = 16 }: ChannelProps) {
  const name = useChannelName();
  if (!isChannelKey(channel)) return null;
  const { icon: Glyph, colour } = channelLooks[channel];
  return (
    <Tooltip label={name(channel)}>
      <Glyph size={size} stroke={1.75} color={colour} aria-label={name(channel)} role="img" />
    </Tooltip>
  );
}

/** Icon and name in one line. */
export function ChannelLabel({ channel }: { channel: string }) {
  const name = useChannelName();
  return (
    <span className={classes.label}>
      {isChannelKey(channel) ? <Glyph channel={channel} /> : null}
      {name(channel)}
    </span>
  );
}

function Glyph({ channel }: { channel: ChannelKey }) {
  const { icon: Drawn, colour } = channelLooks[channel];
  return <Drawn size={16} stroke={1.75} color={colour} aria-hidden />;
}

/** Says a channel's name; a channel that is not known keeps its key. */
export function useChannelName(): (channel: string) => string {
  const text = useUiText();
  return (channel) => (isChannelKey(channel) ? text(`ui.channel.${channel}`) : channel);
}
