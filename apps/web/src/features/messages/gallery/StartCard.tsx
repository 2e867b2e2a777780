import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './StartCard.module.css';

interface StartCardProps {
  name: string;
  about: string;
  /** Said over the picture. */
  label?: string;
  picture: ReactNode;
  onChoose: () => void;
}

/** Something to begin a message with. */
export function StartCard({ name, about, label, picture, onChoose }: StartCardProps) {
  return (
    <UnstyledButton className={classes.root} onClick={onChoose}>
      <span className={classes.picture}>
        {picture}
        {label ? <span className={classes.label}>{label}</span> : null}
      </span>
      <span className={classes.words}>
        <span className={classes.name} dir="auto">
          {name}
        </span>
        <span className={classes.about} dir="auto">
          {about}
        </span>
      </span>
    </UnstyledButton>
  );
}
