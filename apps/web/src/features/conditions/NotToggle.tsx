import { Tooltip, UnstyledButton } from '@mantine/core';
import { useText } from '../../app/text.tsx';
import classes from './Conditions.module.css';

interface NotToggleProps {
  on: boolean;
  onChange: (on: boolean) => void;
}

/** "not": pressed it stands out in word and colour, so that nobody reads over it. */
export function NotToggle({ on, onChange }: NotToggleProps) {
  const t = useText();
  return (
    <Tooltip label={t(on ? 'conditions.not.off' : 'conditions.not.on')}>
      <UnstyledButton
        className={classes.not}
        aria-pressed={on}
        data-on={on || undefined}
        onClick={() => onChange(!on)}
      >
        {t('conditions.not')}
      </UnstyledButton>
    </Tooltip>
  );
}
