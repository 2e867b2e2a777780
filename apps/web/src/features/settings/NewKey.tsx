import { Alert, Button, Checkbox, Group, Modal, Radio, Select, TextInput } from '@mantine/core';
import {
  ALL_KEY_KINDS,
  KEY_KINDS,
  type App,
  type CreatedAccessKey,
  type KeyKind,
  type Right,
} from '@perennial/contracts';
import { Snippet } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useWorkspace } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import classes from './Settings.module.css';

interface NewKeyRequest {
  kind: KeyKind;
  name: string;
  rights?: Right[];
  app?: string;
}

/** Makes a key and shows it, a secret one this once. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const t = useText();
  const create = useChange<NewKeyRequest, CreatedAccessKey>(
    (api, request) => api.post('/keys', request),
    ['/keys'],
  );
  if (create.data) return <CreatedKey created={create.data} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={t('settings.keys.create.title')} size={560}>
      <KeyForm
        pending={create.isPending}
        error={create.error ? problemWords(create.error, t).detail : null}
        onSubmit={(request) => create.mutate(request)}
        onCancel={onClose}
      />
    </Modal>
  );
}

interface KeyFormProps {
  pending: boolean;
  error: string | null;
  onSubmit: (request: NewKeyRequest) => void;
  onCancel: () => void;
}

function KeyForm({ pending, error, onSubmit, onCancel }: KeyFormProps) {
  const t = useText();
  const { rights: own } = useWorkspace();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<KeyKind>('write');
  const apps = useList<App>('/apps').items.filter(({ archived_at: at }) => at === null);
  const [app, setApp] = useState<string | null>(null);
  const [without, setWithout] = useState<Right[]>([]);
  // Nobody gives away what they do not have.
  const possible = KEY_KINDS[kind].rights.filter((right) => own.includes(right));
  const rights = possible.filter((right) => !without.includes(right));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const owner = KEY_KINDS[kind].isPublic && app !== null ? { app } : {};
    onSubmit({ kind, name: name.trim(), rights, ...owner });
  };
  return (
    <form className={classes.dialogForm} onSubmit={submit}>
      <TextInput
        data-autofocus
        label={t('settings.keys.create.name')}
        description={t('settings.keys.create.nameHint')}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group
        label={t('settings.keys.create.kind')}
        value={kind}
        onChange={(next) => setKind(next)}
      >
        <div className={classes.choices}>
          {ALL_KEY_KINDS.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`settings.keys.kind.${each}`)}
              description={t(`settings.keys.kind.${each}.hint`)}
            />
          ))}
        </div>
      </Radio.Group>
      {KEY_KINDS[kind].isPublic && apps.length > 0 ? (
        <Select
          label={t('settings.keys.create.app')}
          description={t('settings.keys.create.appHint')}
          placeholder={t('settings.keys.noApp')}
          data={apps.map(({ id, name: label }) => ({ value: id, label }))}
          value={app}
          clearable
          onChange={setApp}
        />
      ) : null}
      {KEY_KINDS[kind].isPublic ? null : (
        <fieldset className={classes.choices}>
          <legend className={classes.legend}>{t('settings.keys.create.rights')}</legend>
          <div className={classes.rights}>
            {possible.map((right) => (
              <Checkbox
                key={right}
                label={t(`settings.right.${right}`)}
                checked={!without.includes(right)}
                onChange={() => setWithout(toggled(without, right))}
              />
            ))}
          </div>
        </fieldset>
      )}
      {error ? (
        <Alert color="red" variant="light">
          {error}
        </Alert>
      ) : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" disabled={rights.length === 0} loading={pending}>
          {t('settings.keys.create.go')}
        </Button>
      </Group>
    </form>
  );
}

function toggled(rights: readonly Right[], right: Right): Right[] {
  return rights.includes(right) ? rights.filter((each) => each !== right) : [...rights, right];
}

function CreatedKey({ created, onClose }: { created: CreatedAccessKey; onClose: () => void }) {
  const t = useText();
  const secret = !KEY_KINDS[created.kind].isPublic;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.keys.created.title')}
      size={560}
      closeOnClickOutside={!secret}
    >
      <div className={classes.dialogForm}>
        <Alert
          variant="light"
          color={secret ? 'yellow' : 'gray'}
          icon={secret ? <IconAlertTriangle size={16} /> : null}
        >
          {t(secret ? 'settings.keys.created.secret' : 'settings.keys.created.public')}
        </Alert>
        <Snippet code={created.token} wrap />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('settings.keys.created.done')}</Button>
        </Group>
      </div>
    </Modal>
  );
}
