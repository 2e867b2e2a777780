import { Anchor } from '@mantine/core';
import type { Event as ContactEvent } from '@perennial/contracts';
import { Copyable, Fact, Facts, Inspector, JsonView, Time } from '@perennial/ui';
import { IconBolt } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { ContactLink } from '../contacts/ContactLink.tsx';
import classes from './Events.module.css';

interface EventInspectorProps {
  event: ContactEvent;
  onClose: () => void;
}

/** One event with everything it carried. */
export function EventInspector({ event, onClose }: EventInspectorProps) {
  const t = useText();
  const to = useTo();
  const hasParams = Object.keys(event.params).length > 0;
  return (
    <Inspector
      leading={<IconBolt size={16} />}
      title={event.event}
      onClose={onClose}
      detail={
        <Anchor component={Link} to={to(`event-types/${encodeURIComponent(event.event)}`)} inherit>
          {t('events.inspect.type')}
        </Anchor>
      }
    >
      <Facts>
        <Fact label={t('events.inspect.contact')}>
          <ContactLink id={event.contact} />
        </Fact>
        <Fact label={t('events.inspect.occurred')}>
          <Time at={event.occurred_at} style="exact" />
        </Fact>
        <Fact label={t('events.inspect.received')}>
          <Time at={event.received_at} style="exact" />
        </Fact>
        <Fact label={t('events.inspect.source')}>{event.source}</Fact>
        <Fact label={t('events.inspect.key')}>{event.key}</Fact>
        <Fact label={t('events.inspect.id')}>
          <Copyable value={event.id} mono />
        </Fact>
      </Facts>
      <h3 className={classes.section}>{t('events.inspect.params')}</h3>
      {hasParams ? <JsonView value={event.params} open={3} /> : t('events.inspect.noParams')}
      <h3 className={classes.section}>{t('events.inspect.raw')}</h3>
      <JsonView value={event} open={0} />
    </Inspector>
  );
}
