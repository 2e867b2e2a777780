import type { ContactCard } from '@perennial/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ApiProblem } from '../../../api.ts';
import { readKey } from '../../../app/data.ts';
import { useApi } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useShowUndo } from '../../../app/show-undo.tsx';
import { useText } from '../../../app/text.tsx';
import type { ConsentMembers } from '../ConsentBox.tsx';
import { consentCameWith } from './consent-came-with.ts';
import {
  changeOf,
  sameValue,
  settledBy,
  valueOf,
  withValue,
  type CardField,
} from './card-field.ts';

interface FieldEdit {
  /** `then` is called once the value was taken, or is the one that stands there. */
  save: (value: unknown, then: () => void, consent?: ConsentMembers) => void;
  saving: boolean;
  problem: ApiProblem | null;
}

interface Change {
  value: unknown;
  before: unknown;
  consent: ConsentMembers | undefined;
}

/**
 * Sets a field of a card: shown at once, put back if the server refuses it, and offered to be taken
 * back when it was applied.
 */
export function useFieldEdit(contact: ContactCard, field: CardField): FieldEdit {
  const t = useText();
  const showUndo = useShowUndo();
  const showProblem = useShowProblem();
  const set = useSetField(contact.id, field);
  const open = useRef(true);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);
  const change = useMutation<ContactCard, ApiProblem, Change>({
    mutationFn: ({ value, consent }) => set(value, consent),
    onSuccess: (card, { before }) =>
      showUndo(t('contacts.edit.set', { field: field.label }), () => {
        // An address that was there keeps what was said of it.
        const consent = { confirmed: false, withdraw_consent: consentCameWith(card, field.key) };
        set(before, consent).catch(showProblem);
      }),
    // While the editor is open it says so itself.
    onError: (problem) => {
      if (!open.current) showProblem(problem);
    },
  });
  return {
    saving: change.isPending,
    problem: change.error,
    save(value, then, consent) {
      const before = valueOf(contact, field.key);
      if (sameValue(before, value)) then();
      else if (!change.isPending) change.mutate({ value, before, consent }, { onSuccess: then });
    },
  };
}

type SetField = (value: unknown, consent?: ConsentMembers) => Promise<ContactCard>;

/** Puts a value on the shown card and on the kept one; the shown one goes back if that fails. */
function useSetField(id: string, { key }: CardField): SetField {
  const api = useApi();
  const queries = useQueryClient();
  const queryKey = readKey(api.workspace, `/contacts/${id}`);
  return async (value, consent) => {
    await queries.cancelQueries({ queryKey, exact: true });
    const before = queries.getQueryData<ContactCard>(queryKey);
    if (before) queries.setQueryData(queryKey, withValue(before, key, value));
    try {
      const card = await api.patch<ContactCard>(`/contacts/${id}`, {
        ...changeOf(key, value),
        ...consent,
        ...(before && settledBy(before, key)),
      });
      queries.setQueryData(queryKey, card);
      void queries.invalidateQueries({ queryKey: [...queryKey, 'activity'] });
      return card;
    } catch (problem) {
      if (before) queries.setQueryData(queryKey, before);
      throw problem;
    }
  };
}
