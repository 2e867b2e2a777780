import type { Contact, EventTypeListItem, WorkflowListItem } from '@perennial/contracts';
import { Sparkline, StatNumber } from '@perennial/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useList } from '../../app/data.ts';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { volumeOf, type Volume } from './today.ts';
import classes from './Home.module.css';

/** The numbers of today, each a link to what is behind it. */
export function TodayNumbers() {
  const t = useText();
  const types = useList<EventTypeListItem>('/event_types', {
    query: { limit: 500 },
    every: 10_000,
  });
  const contacts = useList<Contact>('/contacts', { query: { limit: 1 }, every: 30_000 });
  const workflows = useList<WorkflowListItem>('/workflows', {
    query: { limit: 500 },
    every: 10_000,
  });
  const volume = (keep: Parameters<typeof volumeOf>[1]) =>
    types.first ? volumeOf(types.items, keep) : undefined;
  const running = workflows.items.reduce((sum, workflow) => sum + workflow.running, 0);
  const active = workflows.items.filter((workflow) => workflow.state === 'active').length;
  return (
    <div className={classes.numbers}>
      <VolumeNumber to="events" label={t('home.events')} volume={volume((type) => !type.system)} />
      <VolumeNumber
        to="outbox"
        label={t('home.sends')}
        volume={volume((type) => type.key === 'MessageSent')}
      />
      <VolumeNumber
        to="event-types/MessageClicked"
        label={t('home.clicks')}
        volume={volume((type) => type.key === 'MessageClicked')}
      />
      <NumberLink to="workflows">
        <StatNumber
          label={t('home.running')}
          value={workflows.first ? running : undefined}
          hint={t('home.inWorkflows', { count: active })}
        />
      </NumberLink>
      <NumberLink to="contacts">
        <StatNumber
          label={t('home.contacts')}
          value={contacts.first ? contacts.total : undefined}
          hint={t('home.identified')}
        />
      </NumberLink>
    </div>
  );
}

interface VolumeNumberProps {
  to: string;
  label: string;
  volume: Volume | undefined;
}

function VolumeNumber({ to, label, volume }: VolumeNumberProps) {
  const t = useText();
  const past = volume ? t('home.lastDays', { count: volume.total }) : '';
  return (
    <NumberLink to={to}>
      <StatNumber label={label} value={volume?.today} hint={past}>
        <div className={classes.spark}>
          {volume && volume.total > 0 ? (
            <Sparkline values={volume.days} width="100%" height={28} lastIsPartial label={past} />
          ) : null}
        </div>
      </StatNumber>
    </NumberLink>
  );
}

function NumberLink({ to: path, children }: { to: string; children: ReactNode }) {
  const to = useTo();
  return (
    <Link to={to(path)} className={classes.number}>
      {children}
    </Link>
  );
}
