import { Alert, Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { APP_PLATFORMS, type App, type AppPlatform } from '@perennial/contracts';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import classes from './Apps.module.css';

/** Names a new app, or another name for one that is there. */
export function NewApp({ app, onClose }: { app?: App; onClose: () => void }) {
  const t = useText();
  const [name, setName] = useState(app?.name ?? '');
  const [platform, setPlatform] = useState<AppPlatform>(app?.platform ?? 'ios');
  const save = useChange(
    (api, body: { name: string; platform: AppPlatform }) =>
      app ? api.patch(`/apps/${app.id}`, body) : api.post('/apps', body),
    ['/apps'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name: name.trim(), platform }, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={t(app ? 'apps.rename' : 'apps.new')} size={440}>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('apps.new.name')}
          description={t('apps.new.nameHint')}
          value={name}
          maxLength={100}
          dir="auto"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('apps.new.platform')}
          data={APP_PLATFORMS.map((each) => ({ value: each, label: t(`apps.platform.${each}`) }))}
          value={platform}
          allowDeselect={false}
          onChange={(next) => next && setPlatform(next)}
        />
        {save.error ? (
          <Alert color="red" variant="light">
            {problemWords(save.error, t).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
            {t(app ? 'app.save' : 'apps.new.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
