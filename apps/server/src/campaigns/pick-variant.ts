import { hashPoint } from '@perennial/blocks';
import type { CampaignSplit } from '@perennial/contracts';

interface Split {
  id: number;
  split: CampaignSplit | null;
}

/** Which message a contact gets when messages are compared: the same whenever it is asked. */
export function pickVariant({ id, split }: Split, contactId: number): number {
  if (!split) return 0;
  let point = hashPoint(`campaign ${id} variant ${contactId}`) * 100;
  const picked = split.shares.findIndex((share) => (point -= share) < 0);
  // Shares are summed as fractions of a hundred: the last one takes what is left.
  return picked === -1 ? split.shares.length - 1 : picked;
}

/** Whether a contact is not one of those by whom the winner is found. */
export function waitsForWinner({ id, split }: Split, contactId: number): boolean {
  if (!split?.test) return false;
  return hashPoint(`campaign ${id} test ${contactId}`) * 100 >= split.test.share;
}
