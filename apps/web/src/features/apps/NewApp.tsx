import { Select, TextInput } from '@mantine/core';
import { APP_PLATFORMS, type App, type AppPlatform } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';

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
  const submit = () => {
    save.mutate({ name: name.trim(), platform }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t(app ? 'apps.rename' : 'apps.new')}
      size={440}
      action={t(app ? 'app.save' : 'apps.new.go')}
      ready={name.trim() !== ''}
      pending={save.isPending}
      problem={save.error ? problemWords(save.error, t).detail : null}
      onSubmit={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
