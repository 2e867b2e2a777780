import type { ContactCard } from '@perennial/contracts';
import { useRight } from '../../app/session.ts';

/** Whether this user may change the card: nobody edits what is masked, or what is deleted. */
export function useMayEdit({ deleted_at: deleted }: Pick<ContactCard, 'deleted_at'>): boolean {
  const mayWrite = useRight('contacts.write');
  const seesPersonal = useRight('contacts.read_personal');
  return mayWrite && seesPersonal && deleted === null;
}
