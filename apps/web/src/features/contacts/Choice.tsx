import type { CSSProperties } from 'react';
import classes from './edit/Edit.module.css';

interface ChoiceProps {
  value: string;
  look?: { label?: string | undefined; color?: string | undefined } | undefined;
}

/** One choice by its label and in its colour. */
export function Choice({ value, look }: ChoiceProps) {
  const { label = value, color } = look ?? {};
  return (
    <span
      className={classes.choice}
      data-color={color}
      style={color ? paint(color) : undefined}
      dir="auto"
    >
      {label}
    </span>
  );
}

function paint(color: string): CSSProperties {
  return {
    '--choice-soft': `var(--mantine-color-${color}-light)`,
    '--choice-text': `var(--mantine-color-${color}-light-color)`,
  } as CSSProperties;
}
