import { Button, Group } from '@mantine/core';
import type { DeadEvent } from '@perennial/contracts';
import { Fact, Facts, Inspector, JsonView, Time } from '@perennial/ui';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { ContactLink } from '../contacts/ContactLink.tsx';
import classes from './Settings.module.css';

interface DeadEventInspectorProps {
  event: DeadEvent;
  onRetry: () => void;
  onGiveUp: () => void;
  onClose: () => void;
}

/** One dead event: why it died and what was sent. */
export function DeadEventInspector({ event, onRetry, onGiveUp, onClose }: DeadEventInspectorProps) {
  const t = useText();
  const mayWrite = useRight('contacts.write');
  return (
    <Inspector title={event.reason} onClose={onClose} detail={event.detail}>
      <Facts>
        <Fact label={t('settings.system.column.kind')}>{event.kind}</Fact>
        <Fact label={t('settings.system.column.stage')}>{event.stage}</Fact>
        {event.contact ? (
          <Fact label={t('settings.system.column.contact')}>
            <ContactLink id={event.contact} />
          </Fact>
        ) : null}
        <Fact label={t('settings.system.column.received')}>
          <Time at={event.received_at} style="exact" />
        </Fact>
        <Fact label={t('settings.system.column.failed')}>
          <Time at={event.failed_at} style="exact" />
        </Fact>
      </Facts>
      {mayWrite ? (
        <Group gap="sm" mt="md">
          <Button size="xs" onClick={onRetry}>
            {t('settings.system.retry')}
          </Button>
          <Button size="xs" variant="default" onClick={onGiveUp}>
            {t('settings.system.delete')}
          </Button>
        </Group>
      ) : null}
      <h3 className={classes.section}>{t('settings.system.item')}</h3>
      {event.item === null ? (
        t('settings.system.itemMasked')
      ) : (
        <JsonView value={event.item} open={3} />
      )}
    </Inspector>
  );
}
