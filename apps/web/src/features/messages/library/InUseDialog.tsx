import { Button, Group, Modal } from '@mantine/core';
import { useText } from '../../../app/text.tsx';
import type { MessageActions } from './use-message-actions.tsx';
import classes from './InUseDialog.module.css';

/** Says what sends the messages that were to be archived, and lets somebody insist. */
export function InUseDialog({ actions }: { actions: MessageActions }) {
  const t = useText();
  const { inUse, settle, archive } = actions;
  if (!inUse) return null;
  const { refused, names } = inUse;
  const named = refused.map(({ id }) => ({ id, name: names.get(id) ?? id }));
  return (
    <Modal opened onClose={settle} title={t('library.refused.title', { n: refused.length })}>
      <p className={classes.detail}>{t('library.refused.detail')}</p>
      <ul className={classes.list}>
        {refused.map(({ id, detail }) => (
          <li key={id}>
            <strong dir="auto">{names.get(id) ?? id}</strong>
            <div dir="auto">{detail}</div>
          </li>
        ))}
      </ul>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={settle}>
          {t('app.cancel')}
        </Button>
        <Button color="red" loading={actions.pending} onClick={() => archive(named, true)}>
          {t('library.refused.force')}
        </Button>
      </Group>
    </Modal>
  );
}
