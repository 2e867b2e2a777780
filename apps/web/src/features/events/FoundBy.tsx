import type { Event as ContactEvent } from '@perennial/contracts';
import { Rich, useText } from '../../app/text.tsx';
import { fieldLabel } from '../contacts/field-label.ts';
import { useCardFields } from '../contacts/use-card-fields.ts';
import classes from './Events.module.css';

/** What led an event to its contact: an identifier, and the parameter that held it. */
export function FoundBy({ by }: { by: NonNullable<ContactEvent['found_by']> }) {
  const t = useText();
  const fields = useCardFields();
  const { field, parameter, rule } = by;
  const label = field.startsWith('custom.')
    ? fieldLabel(field, fields)
    : t(`events.mapping.identifier.${field as 'id'}`);
  if (parameter === null) return label;
  return (
    <Rich
      id={rule ? 'events.inspect.byRule' : 'events.inspect.byParameter'}
      values={{ field: label, parameter: <code className={classes.path}>{parameter}</code> }}
    />
  );
}
