import { Anchor } from '@mantine/core';
import type { Event as ContactEvent } from '@perennial/contracts';
import { Inspector } from '@perennial/ui';
import { IconBolt } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { EventDetails } from './EventDetails.tsx';

interface EventInspectorProps {
  event: ContactEvent;
  onClose: () => void;
}

/** One event beside the list. */
export function EventInspector({ event, onClose }: EventInspectorProps) {
  const t = useText();
  const to = useTo();
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
      <EventDetails event={event} />
    </Inspector>
  );
}
