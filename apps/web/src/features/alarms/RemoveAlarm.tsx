import { Button, Group, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Alarm } from '@perennial/contracts';
import { useChange } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';

/** Asks before an alarm goes with its past. */
export function RemoveAlarm({ alarm, onClose }: { alarm: Alarm; onClose: () => void }) {
  const t = useText();
  const go = useGo();
  const remove = useChange((api) => api.delete(`/alarms/${alarm.id}`), ['/alarms']);
  return (
    <Modal opened onClose={onClose} title={t('alarms.remove.title', { name: alarm.name })}>
      <p style={{ margin: 0 }}>{t('alarms.remove.detail')}</p>
      {remove.error ? <Problem error={remove.error} /> : null}
      <Group justify="flex-end" mt="xl">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(undefined, {
              onSuccess: () => {
                notifications.show({ message: t('alarms.removed') });
                go('alarms');
              },
            })
          }
        >
          {t('alarms.remove')}
        </Button>
      </Group>
    </Modal>
  );
}
