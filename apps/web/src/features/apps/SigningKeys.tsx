import { Alert, Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import type { App, CreatedSigningKey, SigningKey } from '@perennial/contracts';
import { Copyable, Snippet, Time, TypedConfirm } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import classes from './Apps.module.css';
import { signingSnippet } from './signing-snippet.ts';

/** Public keys by which an app's user tokens are checked. */
export function SigningKeys({ app }: { app: App }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const [pasting, setPasting] = useState(false);
  const [removing, setRemoving] = useState<SigningKey | null>(null);
  const path = `/apps/${app.id}/signing_keys`;
  const make = useChange<void, CreatedSigningKey>((api) => api.post(path, {}), ['/apps']);
  const remove = useChange((api, id: string) => api.delete(`${path}/${id}`), ['/apps']);
  return (
    <div className={classes.signing}>
      <div className={classes.signingHead}>
        <span className={classes.legend}>{t('apps.signing')}</span>
        {mayWrite ? (
          <Group gap={8}>
            <Button
              variant="default"
              size="xs"
              loading={make.isPending}
              onClick={() => make.mutate(undefined, { onError: showProblem })}
            >
              {t('apps.signing.make')}
            </Button>
            <Button variant="default" size="xs" onClick={() => setPasting(true)}>
              {t('apps.signing.paste')}
            </Button>
          </Group>
        ) : null}
      </div>
      {app.signing_keys.length === 0 ? (
        <p className={classes.muted}>{t('apps.signing.none')}</p>
      ) : (
        app.signing_keys.map((key) => (
          <div key={key.id} className={classes.signingKey}>
            <Copyable value={key.kid} mono />
            <span className={classes.muted}>{key.algorithm}</span>
            <span className={classes.grow} dir="auto">
              {key.name}
            </span>
            <span className={classes.muted}>
              {t('apps.signing.added')} <Time at={key.created_at} />
            </span>
            {mayWrite ? (
              <Button
                variant="subtle"
                color="red"
                size="compact-xs"
                onClick={() => setRemoving(key)}
              >
                {t('apps.signing.remove')}
              </Button>
            ) : null}
          </div>
        ))
      )}
      {make.data ? <MadeKey made={make.data} onClose={make.reset} /> : null}
      {pasting ? <PasteKey path={path} onClose={() => setPasting(false)} /> : null}
      {removing ? (
        <TypedConfirm
          opened
          title={t('apps.signing.remove.title')}
          phrase={removing.kid}
          confirmLabel={t('apps.signing.remove')}
          pending={remove.isPending}
          onClose={() => setRemoving(null)}
          onConfirm={() =>
            remove.mutate(removing.id, {
              onSuccess: () => setRemoving(null),
              onError: showProblem,
            })
          }
        >
          {t('apps.signing.remove.detail')}
        </TypedConfirm>
      ) : null}
    </div>
  );
}

/** The only time that the private half is seen, with the code that uses it. */
function MadeKey({ made, onClose }: { made: CreatedSigningKey; onClose: () => void }) {
  const t = useText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('apps.signing.made.title')}
      size={680}
      closeOnClickOutside={false}
    >
      <div className={classes.form}>
        <Alert variant="light" color="yellow" icon={<IconAlertTriangle size={16} />}>
          {t('apps.signing.made.detail')}
        </Alert>
        <Snippet code={made.private_key ?? ''} wrap />
        <div>{t('apps.signing.made.code')}</div>
        <Snippet code={signingSnippet(made)} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('apps.signing.made.done')}</Button>
        </Group>
      </div>
    </Modal>
  );
}

function PasteKey({ path, onClose }: { path: string; onClose: () => void }) {
  const t = useText();
  const [name, setName] = useState('');
  const [pem, setPem] = useState('');
  const add = useChange(
    (api, body: { name: string; public_key: string }) => api.post(path, body),
    ['/apps'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ name: name.trim(), public_key: pem.trim() }, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={t('apps.signing.paste')} size={560}>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          label={t('apps.signing.name')}
          value={name}
          maxLength={100}
          dir="auto"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          data-autofocus
          label={t('apps.signing.paste.label')}
          description={t('apps.signing.paste.hint')}
          placeholder="-----BEGIN PUBLIC KEY-----"
          classNames={{ input: classes.pem ?? '' }}
          autosize
          minRows={6}
          maxRows={14}
          value={pem}
          error={add.error ? problemWords(add.error, t).detail : null}
          onChange={(event) => setPem(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={pem.trim() === ''} loading={add.isPending}>
            {t('apps.signing.paste.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
