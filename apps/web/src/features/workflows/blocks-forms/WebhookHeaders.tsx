import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconLock, IconLockOpen, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../../app/text.tsx';
import { headerRows, rowsToHeaders, type HeaderRow } from './header-rows.ts';
import { SecretField } from './SecretField.tsx';
import classes from './WebhookForm.module.css';

interface WebhookHeadersProps {
  value: unknown;
  errorAt: (path: string) => string | undefined;
  onChange: (headers: Record<string, unknown> | undefined) => void;
}

/** Headers by name; a value may be a secret. */
export function WebhookHeaders({ value, errorAt, onChange }: WebhookHeadersProps) {
  const t = useText();
  const [rows, setRows] = useState(() => headerRows(value));
  const change = (next: HeaderRow[]) => {
    setRows(next);
    onChange(rowsToHeaders(next));
  };
  const put = (at: number, part: Partial<HeaderRow>) =>
    change(rows.map((row, i) => (i === at ? { ...row, ...part } : row)));
  return (
    <fieldset className={classes.headers}>
      <legend className={classes.legend}>{t('ownForms.webhook.headers')}</legend>
      {rows.map((row, i) => {
        const { name, value: text, isSecret } = row;
        const lock = t(
          isSecret ? 'ownForms.webhook.header.open' : 'ownForms.webhook.header.secret',
        );
        return (
          // Rows have no other name: they may be called alike while they are written.
          <div key={i} className={classes.header}>
            <TextInput
              aria-label={t('ownForms.webhook.header.name')}
              placeholder="Authorization"
              value={name}
              dir="ltr"
              spellCheck={false}
              error={errorAt(`/headers/${name}`)}
              onChange={(event) => put(i, { name: event.currentTarget.value })}
            />
            {isSecret ? (
              <SecretField
                ariaLabel={t('ownForms.webhook.header.value', { name })}
                value={text}
                onChange={(typed) => put(i, { value: typed ?? '' })}
              />
            ) : (
              <TextInput
                aria-label={t('ownForms.webhook.header.value', { name })}
                placeholder="{{ event.order_id }}"
                value={typeof text === 'string' ? text : JSON.stringify(text)}
                dir="ltr"
                spellCheck={false}
                onChange={(event) => put(i, { value: event.currentTarget.value })}
              />
            )}
            <Tooltip label={lock}>
              <ActionIcon
                variant="subtle"
                size={36}
                aria-label={lock}
                aria-pressed={isSecret}
                onClick={() => put(i, { isSecret: !isSecret, value: '' })}
              >
                {isSecret ? <IconLock size={16} /> : <IconLockOpen size={16} />}
              </ActionIcon>
            </Tooltip>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t('ownForms.webhook.header.remove', { name })}
              onClick={() => change(rows.filter((_, at) => at !== i))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        );
      })}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => setRows([...rows, { name: '', value: '', isSecret: false }])}
        >
          {t('ownForms.webhook.header.add')}
        </Button>
      </div>
    </fieldset>
  );
}
