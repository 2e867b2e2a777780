import { Button, Group, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { SenderDomain } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { errorAt, problemOfForm } from '../../app/form-problem.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import classes from './SenderDomains.module.css';

/** Where mail comes back to that could not be delivered. */
export function ReturnDomainPanel({ domain }: { domain: SenderDomain }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const before = domain.return_domain ?? '';
  const [typed, setTyped] = useState(before);
  const save = useChange<void, SenderDomain>(
    (api) =>
      api.patch(`/sender_domains/${domain.id}`, {
        return_domain: typed.trim() === '' ? null : typed.trim(),
      }),
    ['/sender_domains'],
  );
  return (
    <Panel title={t('domains.return.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, {
            onSuccess: () => notifications.show({ message: t('app.saved') }),
          });
        }}
      >
        <Group align="flex-end" gap={8} wrap="nowrap">
          <TextInput
            className={classes.grow ?? ''}
            label={t('domains.return.label')}
            description={t('domains.return.hint', { domain: domain.domain })}
            value={typed}
            readOnly={!mayWrite}
            maxLength={253}
            spellCheck={false}
            error={errorAt(save.error, '/return_domain') ?? problemOfForm(save.error, t)}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {mayWrite ? (
            <Button
              type="submit"
              variant="default"
              disabled={typed.trim() === before}
              loading={save.isPending}
            >
              {t('domains.spf.save')}
            </Button>
          ) : null}
        </Group>
      </form>
    </Panel>
  );
}
