import { Checkbox, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { CategoryChoice } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import classes from './ContactPage.module.css';

/** Writes down what a person said about categories, and how they said it. */
export function EditCategories({
  contactId,
  choices,
  onClose,
}: {
  contactId: string;
  choices: readonly CategoryChoice[];
  onClose: () => void;
}) {
  const t = useText();
  const [chosen, setChosen] = useState(
    () => new Map(choices.map(({ category, subscribed }) => [category, subscribed])),
  );
  const [text, setText] = useState('');
  const changed = choices.filter(({ category, subscribed }) => chosen.get(category) !== subscribed);
  const optsIn = changed.some(({ category }) => chosen.get(category));
  const save = useChange(
    (api) =>
      api.patch(`/contacts/${contactId}/categories`, {
        categories: Object.fromEntries(
          changed.map(({ category }) => [category, chosen.get(category)]),
        ),
        ...(text.trim() ? { text: text.trim() } : {}),
      }),
    ['/contacts', '/categories'],
  );
  const submit = () => {
    save.mutate(undefined, {
      onSuccess: () => {
        notifications.show({ message: t('contacts.categories.saved') });
        onClose();
      },
    });
  };
  return (
    <FormDialog
      title={t('contacts.categories.edit')}
      action={t('app.save')}
      ready={changed.length > 0 && (!optsIn || text.trim() !== '')}
      pending={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.plain}>{t('contacts.categories.means')}</p>
      <Stack gap={8}>
        {choices.map(({ category, name }) => (
          <Checkbox
            key={category}
            label={<span dir="auto">{name}</span>}
            checked={chosen.get(category) ?? false}
            onChange={(event) =>
              setChosen(new Map(chosen).set(category, event.currentTarget.checked))
            }
          />
        ))}
      </Stack>
      <Textarea
        label={t('contacts.categories.how')}
        description={t('contacts.categories.howHint')}
        value={text}
        maxLength={2000}
        autosize
        minRows={2}
        required={optsIn}
        dir="auto"
        error={save.error ? problemWords(save.error, t).detail : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
