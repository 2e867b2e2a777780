import { ActionIcon, Button, Group, NumberInput, TextInput, Tooltip } from '@mantine/core';
import { IconEqual, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { FormattedNumber } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import type { ExitNames } from '../../../editor/edit/change-block.ts';
import type { BlockFormProps } from './form-props.ts';
import {
  addBranch,
  branchesOf,
  equalBranches,
  removeBranch,
  renameBranch,
  sharesOf,
  weightsOf,
  type Branch,
} from './split-branches.ts';
import classes from './BlocksForms.module.css';

const MOST_BRANCHES = 26;

/** How runs are divided at random: exits with their weights. */
export function SplitForm({ settings, onChange, errorAt }: BlockFormProps) {
  const t = useText();
  const branches = branchesOf(settings);
  const shares = sharesOf(branches);
  const put = (next: readonly Branch[], exits?: ExitNames) =>
    onChange({ ...settings, weights: weightsOf(next) }, exits);
  return (
    <>
      <div className={classes.bar} aria-hidden>
        {branches.map(({ exit }, i) => (
          <span
            key={exit}
            className={classes.barPart}
            data-tone={i % 4}
            style={{ flexGrow: shares[i] }}
          >
            {(shares[i] ?? 0) >= 0.12 ? exit : null}
          </span>
        ))}
      </div>
      <ul className={classes.branches}>
        {branches.map((branch, index) => (
          <li key={branch.exit} className={classes.branch}>
            <ExitName
              name={branch.exit}
              onRename={(name) => {
                const { branches: next, exits } = renameBranch(branches, index, name);
                put(next, exits);
              }}
            />
            <NumberInput
              className={classes.count ?? ''}
              aria-label={t('blockForms.split.weight', { exit: branch.exit })}
              min={0}
              max={1_000_000}
              allowDecimal={false}
              allowNegative={false}
              value={branch.weight}
              onChange={(typed) =>
                put(branches.with(index, { ...branch, weight: Number(typed) || 0 }))
              }
            />
            <span className={classes.share}>
              <FormattedNumber
                value={shares[index] ?? 0}
                style="percent"
                maximumFractionDigits={1}
              />
            </span>
            <Tooltip label={t('blockForms.split.remove', { exit: branch.exit })}>
              <ActionIcon
                aria-label={t('blockForms.split.remove', { exit: branch.exit })}
                disabled={branches.length <= 2}
                onClick={() => {
                  const { branches: next, exits } = removeBranch(branches, index);
                  put(next, exits);
                }}
              >
                <IconX size={14} />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
      {errorAt('/weights') ? <p className={classes.problem}>{errorAt('/weights')}</p> : null}
      <Group gap={8}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          disabled={branches.length >= MOST_BRANCHES}
          onClick={() => put(addBranch(branches).branches)}
        >
          {t('blockForms.split.add')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconEqual size={14} />}
          onClick={() => put(equalBranches(branches))}
        >
          {t('blockForms.split.equal')}
        </Button>
      </Group>
      <p className={classes.hint}>{t('blockForms.split.hint')}</p>
    </>
  );
}

/** The name of an exit, taken over when the field is left; one that cannot be goes back. */
function ExitName({ name, onRename }: { name: string; onRename: (name: string) => void }) {
  const t = useText();
  const [typed, setTyped] = useState(name);
  const isFit = /^[a-z0-9_]{1,40}$/.test(typed);
  return (
    <TextInput
      className={classes.grow ?? ''}
      aria-label={t('blockForms.split.exit', { exit: name })}
      maxLength={40}
      error={isFit ? undefined : t('blockForms.split.exit.wrong')}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={() => {
        if (typed !== name && isFit) onRename(typed);
        setTyped(name);
      }}
    />
  );
}
