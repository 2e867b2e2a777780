import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../../app/text.tsx';
import { ConditionField } from './fields/ConditionField.tsx';
import type { BlockFormProps } from './form-props.ts';
import { addCase, casesOf, moveCase, removeCase } from './switch-cases.ts';
import classes from './BlocksForms.module.css';

const MOST_CASES = 50;

/** Conditions in their order: the first that holds says the exit. */
export function SwitchForm({ settings, onChange, scope, errorAt }: BlockFormProps) {
  const t = useText();
  const cases = casesOf(settings);
  const put = (index: number, node: unknown) =>
    onChange({ ...settings, conditions: cases.with(index, node) });
  const act = ({ conditions, exits }: ReturnType<typeof moveCase>) =>
    onChange({ ...settings, conditions }, exits);
  return (
    <>
      <p className={classes.hint}>{t('blockForms.switch.hint')}</p>
      {cases.map((node, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a case is its number
        <section key={index} className={classes.case} aria-label={caseName(index)}>
          <header className={classes.caseHead}>
            <h3 className={classes.caseName}>{caseName(index)}</h3>
            <Group gap={2}>
              <Act
                label={t('blockForms.switch.up', { n: index + 1 })}
                disabled={index === 0}
                icon={<IconArrowUp size={14} />}
                onClick={() => act(moveCase(cases, index, -1))}
              />
              <Act
                label={t('blockForms.switch.down', { n: index + 1 })}
                disabled={index === cases.length - 1}
                icon={<IconArrowDown size={14} />}
                onClick={() => act(moveCase(cases, index, 1))}
              />
              <Act
                label={t('blockForms.switch.remove', { n: index + 1 })}
                disabled={cases.length === 1}
                icon={<IconTrash size={14} />}
                onClick={() => act(removeCase(cases, index))}
              />
            </Group>
          </header>
          <ConditionField
            value={node}
            onChange={(next) => put(index, next)}
            scope={scope}
            error={errorAt(`/conditions/${index}`)}
          />
        </section>
      ))}
      <Button
        size="xs"
        variant="default"
        className={classes.alone ?? ''}
        leftSection={<IconPlus size={14} />}
        disabled={cases.length >= MOST_CASES}
        onClick={() => act(addCase(cases))}
      >
        {t('blockForms.switch.add')}
      </Button>
      <p className={classes.hint}>{t('blockForms.switch.else')}</p>
      {cases.length === 0 ? <p className={classes.problem}>{errorAt('/conditions')}</p> : null}
    </>
  );

  function caseName(index: number): string {
    return t('blockForms.switch.case', { n: index + 1 });
  }
}

interface ActProps {
  label: string;
  disabled: boolean;
  icon: ReactNode;
  onClick: () => void;
}

function Act({ label, disabled, icon, onClick }: ActProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={label} disabled={disabled} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
