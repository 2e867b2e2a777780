import { Loader } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconHelpCircleFilled,
  type Icon,
} from '@tabler/icons-react';
import type { Mark } from './record-looks.ts';

const looks: Record<Mark, { icon: Icon; colour: string }> = {
  right: { icon: IconCircleCheckFilled, colour: 'var(--p-success)' },
  missing: { icon: IconCircleXFilled, colour: 'var(--p-danger)' },
  differs: { icon: IconAlertTriangleFilled, colour: 'var(--p-danger)' },
  unknown: { icon: IconCircleDashed, colour: 'var(--p-text-faint)' },
  trouble: { icon: IconHelpCircleFilled, colour: 'var(--p-warning)' },
};

interface RecordMarkProps {
  mark: Mark;
  size?: number;
  /** The domain does without it. */
  optional?: boolean;
  /** DNS is being asked. */
  asking?: boolean;
}

/** How a record stands, by shape as well as by colour; the words stand beside it. */
export function RecordMark({ mark, size = 18, optional = false, asking = false }: RecordMarkProps) {
  if (asking) return <Loader size={size} aria-hidden />;
  const { icon: Glyph, colour } = looks[mark];
  const shade = optional && mark !== 'right' ? 'var(--p-text-faint)' : colour;
  return <Glyph size={size} color={shade} aria-hidden style={{ flex: 'none' }} />;
}
