import { Text, TextInput } from '@mantine/core';
import type { SenderDomain } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { errorAt, problemOfForm } from '../../app/form-problem.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { useText } from '../../app/text.tsx';

interface AddDomainProps {
  /** What is in use already. */
  domain?: string;
  onAdded: (domain: SenderDomain) => void;
  onClose: () => void;
}

/** Asks for a domain; its records follow on its page. */
export function AddDomain({ domain: first = '', onAdded, onClose }: AddDomainProps) {
  const t = useText();
  const [domain, setDomain] = useState(first);
  const add = useChange<void, SenderDomain>(
    (api) => api.post('/sender_domains', { domain: domain.trim() }),
    ['/sender_domains'],
  );
  return (
    <FormDialog
      title={t('domains.add.title')}
      action={t('domains.add')}
      noValidate
      ready={domain.trim() !== ''}
      pending={add.isPending}
      problem={problemOfForm(add.error, t)}
      onSubmit={() => add.mutate(undefined, { onSuccess: onAdded })}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('domains.add.domain')}
        description={t('domains.add.hint')}
        value={domain}
        maxLength={253}
        dir="auto"
        placeholder="shop.example"
        error={errorAt(add.error, '/domain')}
        onChange={(event) => setDomain(event.currentTarget.value)}
      />
      <Text size="xs" c="dimmed">
        {t('domains.add.next')}
      </Text>
    </FormDialog>
  );
}
