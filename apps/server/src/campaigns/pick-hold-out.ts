import { hashPoint } from '@perennial/blocks';

/** Whether a contact is one of those who get nothing: the same answer whenever it is asked. */
export function isHeldOut(
  { id, hold_out: percent }: { id: number; hold_out: number },
  contactId: number,
): boolean {
  return percent > 0 && hashPoint(`campaign ${id} ${contactId}`) * 100 < percent;
}
