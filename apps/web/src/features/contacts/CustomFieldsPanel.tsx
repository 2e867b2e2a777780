import { Button } from '@mantine/core';
import type { ContactCard } from '@perennial/contracts';
import { Panel, SkeletonFacts } from '@perennial/ui';
import { useState } from 'react';
import { useText } from '../../app/text.tsx';
import { valueOf } from './edit/card-field.ts';
import { EditableFact } from './edit/EditableFact.tsx';
import { useEditing } from './edit/editing.tsx';
import { useCardFields } from './use-card-fields.ts';
import { useMayEdit } from './use-may-edit.ts';
import classes from './ContactPage.module.css';

/** Few enough to show empty ones with the others. */
const SHOWN_EMPTY = 12;

/** Custom fields by group, in the order of the workspace. */
export function CustomFieldsPanel({ contact }: { contact: ContactCard }) {
  const t = useText();
  const { groups, loading } = useCardFields();
  const editable = useMayEdit(contact);
  const editing = useEditing();
  const [all, setAll] = useState(false);
  const fields = groups.flatMap((group) => group.fields);
  const isEmpty = (key: string) => valueOf(contact, key) === null;
  const empty = fields.filter(({ key }) => isEmpty(key)).length;
  const showEmpty = all || fields.length <= SHOWN_EMPTY;
  // A value that was just emptied stays until its editor has closed.
  const isShown = (key: string) => showEmpty || !isEmpty(key) || editing.key === key;
  const shown = groups
    .map((group) => ({ ...group, fields: group.fields.filter(({ key }) => isShown(key)) }))
    .filter((group) => group.fields.length > 0);
  return (
    <Panel title={t('contacts.custom')}>
      {loading ? <SkeletonFacts rows={6} /> : null}
      {!loading && fields.length === 0 ? (
        <p className={classes.none}>{t('contacts.custom.none')}</p>
      ) : null}
      {shown.map((group) => (
        <div key={group.name ?? ''}>
          {shown.length > 1 || group.name ? (
            <h3 className={classes.subtitle} dir="auto">
              {group.name ?? t('contacts.custom.others')}
            </h3>
          ) : null}
          <dl className={classes.facts}>
            {group.fields.map((field) => (
              <EditableFact key={field.key} contact={contact} field={field} editable={editable} />
            ))}
          </dl>
        </div>
      ))}
      {empty > 0 && fields.length > SHOWN_EMPTY ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          mt="xs"
          onClick={() => setAll(!all)}
        >
          {t(all ? 'contacts.custom.hideEmpty' : 'contacts.custom.showEmpty', { n: empty })}
        </Button>
      ) : null}
    </Panel>
  );
}
