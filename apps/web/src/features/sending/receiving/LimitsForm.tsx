import { ActionIcon, Alert, Button, Group, NumberInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReceivingLimit, ReceivingLimits } from '@perennial/contracts';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { problemWords } from '../../../app/problem-words.ts';
import { useRight } from '../../../app/session.ts';
import { useText } from '../../../app/text.tsx';
import { domainsIn, limitsOf, linesOf, type LimitLine } from './limit-lines.ts';
import classes from './Receiving.module.css';

/** The limits as lines, saved all at once. */
export function LimitsForm({ limits }: { limits: readonly ReceivingLimit[] }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [lines, setLines] = useState(() => linesOf(limits));
  const save = useChange<void, ReceivingLimits>(
    (api) => api.put('/receiving_limits', { limits: limitsOf(lines) }),
    ['/receiving_limits'],
  );
  const change = (at: number, parts: Partial<LimitLine>) =>
    setLines(lines.map((line, i) => (i === at ? { ...line, ...parts } : line)));
  const unchanged = JSON.stringify(limitsOf(lines)) === JSON.stringify(limits);
  const problem =
    save.error && (save.error.errors[0]?.message ?? problemWords(save.error, t).detail);
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, {
          onSuccess: () => notifications.show({ message: t('receiving.saved') }),
        });
      }}
    >
      {lines.length === 0 ? <p className={classes.muted}>{t('receiving.none')}</p> : null}
      {lines.map((line, i) => (
        <div key={i} className={classes.line}>
          <TextInput
            className={classes.grow ?? ''}
            label={i === 0 ? t('receiving.domains') : undefined}
            aria-label={t('receiving.domains')}
            placeholder="gmail.com, googlemail.com"
            value={line.domains}
            readOnly={!mayWrite}
            onChange={(event) => change(i, { domains: event.currentTarget.value })}
          />
          <NumberInput
            className={classes.number ?? ''}
            label={i === 0 ? t('receiving.rate') : undefined}
            aria-label={t('receiving.rate')}
            placeholder={t('receiving.any')}
            min={0.01}
            max={10_000}
            decimalScale={2}
            value={line.rate}
            readOnly={!mayWrite}
            onChange={(rate) => change(i, { rate })}
          />
          <NumberInput
            className={classes.number ?? ''}
            label={i === 0 ? t('receiving.connections') : undefined}
            aria-label={t('receiving.connections')}
            placeholder={t('receiving.any')}
            min={1}
            max={100}
            allowDecimal={false}
            value={line.connections}
            readOnly={!mayWrite}
            onChange={(connections) => change(i, { connections })}
          />
          {mayWrite ? (
            <ActionIcon
              size={36}
              aria-label={t('receiving.remove', { domains: domainsIn(line).join(', ') })}
              onClick={() => setLines(lines.toSpliced(i, 1))}
            >
              <IconX size={16} />
            </ActionIcon>
          ) : null}
        </div>
      ))}
      {lines.length > 0 ? <p className={classes.hint}>{t('receiving.domains.hint')}</p> : null}
      {problem ? (
        <Alert color="red" variant="light">
          {problem}
        </Alert>
      ) : null}
      {mayWrite ? (
        <Group gap={8}>
          <Button type="submit" disabled={unchanged} loading={save.isPending}>
            {t('receiving.save')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => setLines([...lines, { domains: '', rate: '', connections: '' }])}
          >
            {t('receiving.add')}
          </Button>
        </Group>
      ) : null}
    </form>
  );
}
