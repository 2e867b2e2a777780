import { Button } from '@mantine/core';
import type { CategoryChoice, ContactCard } from '@perennial/contracts';
import { Panel, StatusBadge, Time } from '@perennial/ui';
import { useState } from 'react';
import { SourceWord } from './SourceWord.tsx';
import { useRight } from '../../app/session.ts';
import { Rich, useText } from '../../app/text.tsx';
import { EditCategories } from './EditCategories.tsx';
import classes from './ContactPage.module.css';

/** What the contact said about each category, and what holds where nothing was said. */
export function CategoriesPanel({
  contact: { id, category_choices: choices, deleted_at: deleted },
}: {
  contact: Pick<ContactCard, 'id' | 'category_choices' | 'deleted_at'>;
}) {
  const t = useText();
  const mayWrite = useRight('contacts.write') && deleted === null;
  const [editing, setEditing] = useState(false);
  return (
    <Panel
      title={t('contacts.categories')}
      actions={
        mayWrite && choices.length > 0 ? (
          <Button variant="subtle" size="compact-xs" onClick={() => setEditing(true)}>
            {t('contacts.categories.change')}
          </Button>
        ) : null
      }
    >
      {choices.length === 0 ? (
        <p className={classes.none}>{t('contacts.categories.none')}</p>
      ) : (
        choices.map((choice) => <Choice key={choice.category} choice={choice} />)
      )}
      {editing ? (
        <EditCategories contactId={id} choices={choices} onClose={() => setEditing(false)} />
      ) : null}
    </Panel>
  );
}

function Choice({ choice }: { choice: CategoryChoice }) {
  const t = useText();
  return (
    <div className={classes.choice}>
      <span dir="auto">{choice.name}</span>
      <StatusBadge tone={choice.subscribed ? 'success' : 'neutral'}>
        {t(choice.subscribed ? 'contacts.categories.in' : 'contacts.categories.out')}
      </StatusBadge>
      <div className={classes.choiceDetail}>
        {choice.at === null ? (
          t('contacts.categories.byDefault')
        ) : (
          <>
            <Rich id="contacts.channels.since" values={{ at: <Time key="at" at={choice.at} /> }} />
            {choice.source ? (
              <>
                {' · '}
                <SourceWord source={choice.source} />
              </>
            ) : null}
            {choice.text ? <span dir="auto"> · “{choice.text}”</span> : null}
          </>
        )}
      </div>
    </div>
  );
}
