import type { ChannelStatus } from '@perennial/contracts';
import type { Tone } from '@perennial/ui';
import type { TextId } from '../../app/catalogue.ts';

interface StatusLook {
  tone: Tone;
  text: TextId;
}

const looks: Record<ChannelStatus, StatusLook> = {
  subscribed: { tone: 'success', text: 'contacts.status.subscribed' },
  unconfirmed: { tone: 'warning', text: 'contacts.status.unconfirmed' },
  unsubscribed: { tone: 'neutral', text: 'contacts.status.unsubscribed' },
  off: { tone: 'neutral', text: 'contacts.status.off' },
  complained: { tone: 'danger', text: 'contacts.status.complained' },
  bounced: { tone: 'danger', text: 'contacts.status.bounced' },
  blocked: { tone: 'warning', text: 'contacts.status.blocked' },
  blacklisted: { tone: 'danger', text: 'contacts.status.blacklisted' },
};

/** How the consent of an address looks. */
export function channelStatusLook(status: ChannelStatus): StatusLook {
  return looks[status];
}

/** Whether messages may go to an address with this status. */
export function isReachable(status: ChannelStatus): boolean {
  return status === 'subscribed';
}
