import type { ConsentMembers } from '../ConsentBox.tsx';
import type { CardField } from './card-field.ts';

/** What an editor of any type gets; it is focused as it opens. */
export interface EditorProps {
  field: CardField;
  /** As it is stored; null is no value. */
  value: unknown;
  /** Zone of the contact, for times. */
  zone: string | null;
  error: string | undefined;
  saving: boolean;
  /** Keeps the value; null takes it away. An address comes with what was agreed to. */
  onSave: (value: unknown, consent?: ConsentMembers) => void;
}
