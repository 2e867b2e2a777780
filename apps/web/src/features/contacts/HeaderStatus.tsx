import type { ContactCard } from '@perennial/contracts';
import { ChannelIcon, StatusBadge, useChannelName } from '@perennial/ui';
import { Tooltip } from '@mantine/core';
import { useText } from '../../app/text.tsx';
import { channelStatusLook, isReachable } from './contact-status.ts';
import classes from './ContactPage.module.css';

/** On which channels the contact can be reached, and what stands against the others. */
export function HeaderStatus({ contact: { channels } }: { contact: ContactCard }) {
  const t = useText();
  const name = useChannelName();
  const reachable = [
    ...new Set(channels.filter((row) => isReachable(row.status)).map((row) => row.channel)),
  ];
  const barred = channels.find((row) =>
    ['complained', 'bounced', 'blacklisted'].includes(row.status),
  );
  if (channels.length === 0) return null;
  return (
    <span className={classes.reach}>
      {reachable.map((channel) => (
        <Tooltip key={channel} label={t('contacts.reach', { channel: name(channel) })}>
          <span role="img" aria-label={t('contacts.reach', { channel: name(channel) })}>
            <ChannelIcon channel={channel} />
          </span>
        </Tooltip>
      ))}
      {barred ? (
        <StatusBadge variant="soft" tone={channelStatusLook(barred.status).tone}>
          {`${name(barred.channel)}: ${t(channelStatusLook(barred.status).text)}`}
        </StatusBadge>
      ) : null}
    </span>
  );
}
