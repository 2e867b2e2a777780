import { checkNode, type EventCondition, type Where } from '@perennial/conditions';
import { z } from 'zod';

/**
 * The parameter filter of an event, checked by the segment language and given back with its texts
 * cleaned. There is no other event to take values from, so `$event` has no place in it.
 */
export const filterSchema = z.json().transform((input, context): Where => {
  // A filter is the `where` of an event condition, and so it is checked as one.
  const checked = checkNode(
    { type: 'event', event: 'any', where: input },
    { fields: () => undefined },
  );
  if (checked.ok) {
    if (!JSON.stringify(input).includes('"$event"'))
      return (checked.value as EventCondition).where!;
    context.addIssue({ code: 'custom', message: '`$event` has no meaning here: write the value' });
    return z.NEVER;
  }
  for (const { path, message } of checked.issues) {
    context.addIssue({ code: 'custom', message, path: path.split('/').slice(2) });
  }
  return z.NEVER;
});
