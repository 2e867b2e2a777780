import {
  IconArrowsSplit2,
  IconBellOff,
  IconBellPlus,
  IconBolt,
  IconBox,
  IconCalendarTime,
  IconCircleCheck,
  IconClockPause,
  IconFlag,
  IconForms,
  IconGitBranch,
  IconHourglass,
  IconListCheck,
  IconListDetails,
  IconMapPin,
  IconNote,
  IconPlayerPlay,
  IconRoute,
  IconSpeakerphone,
  IconTargetArrow,
  IconTicket,
  IconUserPlus,
  IconVersions,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react';
import { channelLooks, isChannelKey } from '@perennial/ui';

/** Icons by the name that a block's definition gives; message blocks look like their channel. */
const icons: Record<string, Icon> = {
  'arrows-split-2': IconArrowsSplit2,
  'bell-off': IconBellOff,
  'bell-plus': IconBellPlus,
  bolt: IconBolt,
  'calendar-time': IconCalendarTime,
  'circle-check': IconCircleCheck,
  'clock-pause': IconClockPause,
  flag: IconFlag,
  forms: IconForms,
  'git-branch': IconGitBranch,
  hourglass: IconHourglass,
  'list-check': IconListCheck,
  'list-details': IconListDetails,
  'map-pin': IconMapPin,
  note: IconNote,
  'player-play': IconPlayerPlay,
  route: IconRoute,
  speakerphone: IconSpeakerphone,
  'target-arrow': IconTargetArrow,
  ticket: IconTicket,
  'user-plus': IconUserPlus,
  versions: IconVersions,
  webhook: IconWebhook,
};

export interface BlockLook {
  icon: Icon;
  colour: string;
}

/** Icon and colour of a kind of block; `name` is what its definition calls the icon. */
export function blockLook(type: string, name: string | undefined): BlockLook {
  if (isChannelKey(type)) return channelLooks[type];
  return { icon: (name && icons[name]) || IconBox, colour: 'var(--p-text-muted)' };
}

/** Whether the canvas has an icon of its own for a kind of block. */
export function hasIcon(type: string, name: string): boolean {
  return isChannelKey(type) || name in icons;
}
