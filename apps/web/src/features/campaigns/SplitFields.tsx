import { ActionIcon, Button, NumberInput, Select } from '@mantine/core';
import type { Message } from '@perennial/contracts';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useList } from '../../app/data.ts';
import { errorAt } from '../../app/form-problem.ts';
import { useText } from '../../app/text.tsx';
import { ShareBar } from './ShareBar.tsx';
import { TestFields } from './TestFields.tsx';
import {
  equalShares,
  letterOf,
  MOST_VARIANTS,
  newSplit,
  withoutVariant,
  withVariant,
  type Split,
} from './split-shares.ts';
import type { Draft } from './use-draft.ts';
import classes from './Campaigns.module.css';

interface SplitFieldsProps {
  draft: Draft;
  disabled: boolean;
}

/** Other messages that are compared with the first, and how. */
export function SplitFields({ draft, disabled }: SplitFieldsProps) {
  const t = useText();
  const split = draft.value.split as Split | null;
  const change = (next: Split | null) => draft.change({ split: next });
  if (!split) {
    return (
      <div className={classes.form}>
        <p className={classes.note}>{t('campaigns.split.hint')}</p>
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            disabled={disabled}
            onClick={() => change(newSplit)}
          >
            {t('campaigns.split.start')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={classes.form}>
      <Variants draft={draft} split={split} disabled={disabled} onChange={change} />
      <div className={classes.buttons}>
        {split.shares.length < MOST_VARIANTS ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            disabled={disabled}
            onClick={() => change(withVariant(split))}
          >
            {t('campaigns.split.add')}
          </Button>
        ) : null}
        <Button
          variant="subtle"
          disabled={disabled}
          onClick={() => change({ ...split, shares: equalShares(split.shares.length) })}
        >
          {t('campaigns.split.equal')}
        </Button>
      </div>
      <ShareBar shares={split.shares} />
      <TestFields
        value={split.test}
        disabled={disabled}
        onChange={(test) => change({ ...split, test })}
      />
    </div>
  );
}

interface VariantsProps extends SplitFieldsProps {
  split: Split;
  onChange: (split: Split | null) => void;
}

function Variants({ draft, split, disabled, onChange }: VariantsProps) {
  const t = useText();
  const messages = useList<Message>('/messages', { query: { limit: 500 } });
  const ids = [draft.value.message, ...split.others];
  return (
    <ul className={classes.variants}>
      {ids.map((id, i) => {
        const letter = letterOf(i);
        return (
          <li key={letter} className={classes.variant}>
            <span className={classes.letter} aria-hidden>
              {letter}
            </span>
            <Select
              aria-label={t('campaigns.split.message', { letter })}
              placeholder={t('campaigns.message.none')}
              data={messages.items
                .filter((message) => message.id === id || !ids.includes(message.id))
                .map((message) => ({ value: message.id, label: message.name }))}
              searchable
              disabled={disabled}
              value={id}
              error={i > 0 ? errorAt(draft.problem, `/split/others/${i - 1}`) : undefined}
              onChange={(message) => {
                if (i === 0) draft.change({ message });
                else onChange({ ...split, others: split.others.with(i - 1, message) });
              }}
            />
            <NumberInput
              aria-label={t('campaigns.split.share', { letter })}
              min={1}
              max={99}
              suffix=" %"
              allowDecimal={false}
              disabled={disabled}
              value={split.shares[i] ?? 1}
              onChange={(n) => {
                if (Number(n) >= 1) onChange({ ...split, shares: split.shares.with(i, Number(n)) });
              }}
            />
            {i > 0 ? (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={t('campaigns.split.remove', { letter })}
                disabled={disabled}
                onClick={() => onChange(withoutVariant(split, i - 1))}
              >
                <IconTrash size={16} />
              </ActionIcon>
            ) : (
              <span />
            )}
          </li>
        );
      })}
    </ul>
  );
}
