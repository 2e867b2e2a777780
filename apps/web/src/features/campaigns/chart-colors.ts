/** Of what became of sends, in every chart. */
export const COLORS = {
  sent: 'var(--p-neutral)',
  opened: 'var(--p-info)',
  clicked: 'var(--p-accent)',
} as const;

export type Series = keyof typeof COLORS;
