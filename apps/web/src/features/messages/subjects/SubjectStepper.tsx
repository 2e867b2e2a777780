import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useText } from '../../../app/text.tsx';
import classes from './Subjects.module.css';

interface SubjectStepperProps {
  /** From 0. */
  shown: number;
  count: number;
  onShow: (index: number) => void;
}

/** Leads through the subjects of an e-mail that is looked at. */
export function SubjectStepper({ shown, count, onShow }: SubjectStepperProps) {
  const t = useText();
  const common = { variant: 'subtle', color: 'gray', size: 24 } as const;
  return (
    <span className={classes.stepper}>
      <ActionIcon
        {...common}
        aria-label={t('subjects.preview.before')}
        onClick={() => onShow((shown + count - 1) % count)}
      >
        <IconChevronLeft size={14} />
      </ActionIcon>
      <span aria-live="polite">{t('subjects.preview', { n: shown + 1, count })}</span>
      <ActionIcon
        {...common}
        aria-label={t('subjects.preview.next')}
        onClick={() => onShow((shown + 1) % count)}
      >
        <IconChevronRight size={14} />
      </ActionIcon>
    </span>
  );
}
