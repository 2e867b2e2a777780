import type { ContactCard } from '@perennial/contracts';
import { useChange } from '../../app/data.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useShowUndo } from '../../app/show-undo.tsx';
import { useText } from '../../app/text.tsx';
import { contactName } from './contact.ts';

const renews = ['/contacts', '/segments'];

/** Deletes at once and offers to take it back; the card stays, and says what being deleted means. */
export function useDeleteContact(contact: ContactCard): () => void {
  const t = useText();
  const showUndo = useShowUndo();
  const showProblem = useShowProblem();
  const name = contactName(contact) ?? t('app.contact.anonymous');
  const restore = useChange((api) => api.post(`/contacts/${contact.id}/restore`), renews);
  const remove = useChange((api) => api.delete(`/contacts/${contact.id}`), renews);
  // Promises, as the person may have gone elsewhere by then.
  const undo = () => void restore.mutateAsync().catch(showProblem);
  return () =>
    void remove
      .mutateAsync()
      .then(() => showUndo(t('contacts.action.delete.done', { name }), undo))
      .catch(showProblem);
}
