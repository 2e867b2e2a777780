import type { ContactCard } from '@perennial/contracts';

/** What the dialog of an action on a card gets. */
export interface CardActionProps {
  contact: ContactCard;
  onClose: () => void;
}
