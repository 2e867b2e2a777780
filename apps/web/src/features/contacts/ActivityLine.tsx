import type { Activity } from '@perennial/contracts';
import { ChannelIcon, Time, TimelineItem } from '@perennial/ui';
import {
  IconBolt,
  IconClipboardList,
  IconForms,
  IconMail,
  IconMailCheck,
  IconShoppingCart,
  IconUser,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { Rich, useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { DeliveryStatusBadge } from '../outbox/DeliveryStatusBadge.tsx';
import { useMachineWords } from '../outbox/use-machine-words.ts';
import { ContactLink } from './ContactLink.tsx';
import { activityWords, showsStatus, type CardWords } from './activity-words.ts';
import classes from './ContactPage.module.css';

const icons: Record<Activity['kind'], Icon> = {
  send: IconMail,
  event: IconBolt,
  order: IconShoppingCart,
  form: IconForms,
  segment: IconUsersGroup,
  subscription: IconMailCheck,
  field: IconClipboardList,
  profile: IconUser,
};

/** The channel's icon, or that of the kind. */
export function ActivityIcon({ item }: { item: Activity }) {
  const Glyph = icons[item.kind];
  return item.channel ? <ChannelIcon channel={item.channel} /> : <Glyph size={16} stroke={1.75} />;
}

interface ActivityLineProps {
  item: Activity;
  cardWords: CardWords;
  picked: boolean;
  onPick: () => void;
}

export function ActivityLine({ item, cardWords, picked, onPick }: ActivityLineProps) {
  const t = useText();
  const words = activityWords(item, t, cardWords);
  const machineWords = useMachineWords();
  const machine = machineOf(item);
  return (
    <TimelineItem
      icon={<ActivityIcon item={item} />}
      title={words.title}
      detail={
        <>
          {words.detail}
          {words.other ? <ContactLink id={words.other} /> : null}
          {words.lines?.map((line, n) => (
            <span key={n} className={classes.change} dir="auto">
              {line}
            </span>
          ))}
          {machine ? <span className={classes.change}>{machineWords(machine)}</span> : null}
          <Started runs={item.started} />
        </>
      }
      status={
        item.status && showsStatus(item) ? (
          <DeliveryStatusBadge status={item.status} muted={machine !== null} />
        ) : null
      }
      time={<Time at={item.at} />}
      onClick={onPick}
      expanded={picked}
    />
  );
}

/** Why an open or click was no person's. */
function machineOf({ status, details }: Activity): string | null {
  const machine = status === 'opened' || status === 'clicked' ? details?.['machine'] : null;
  return typeof machine === 'string' ? machine : null;
}

/** Workflows that an event started, each a link to the contact's path through it. */
function Started({ runs }: { runs: Activity['started'] }) {
  const to = useTo();
  return runs.map(({ workflow, name, run }) => (
    <span key={run}>
      {' · '}
      <Rich
        id="contacts.activity.started"
        values={{
          workflow: (
            <Link key="name" to={to(`workflows/${workflow}?run=${run}`)}>
              {name}
            </Link>
          ),
        }}
      />
    </span>
  ));
}
