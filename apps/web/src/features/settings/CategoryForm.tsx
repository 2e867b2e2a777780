import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { Category } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { errorAt, problemOfForm } from '../../app/form-problem.ts';
import { useText } from '../../app/text.tsx';
import { writtenTranslations, type DraftTranslations } from './category-translations.ts';
import { CategoryTranslations } from './CategoryTranslations.tsx';

interface CategoryFormProps {
  /** Null to make a new one. */
  category: Category | null;
  onClose: () => void;
}

/** Makes a category, or changes its words: key and default never change. */
export function CategoryForm({ category, onClose }: CategoryFormProps) {
  const t = useText();
  const [name, setName] = useState(category?.name ?? '');
  const [key, setKey] = useState(category?.key ?? '');
  const [description, setDescription] = useState(category?.description ?? '');
  const [translations, setTranslations] = useState<DraftTranslations>(category?.translations ?? {});
  const [everybody, setEverybody] = useState(category?.default_subscribed ?? false);
  const save = useChange(
    (api) => {
      const words = {
        name: name.trim(),
        description: description.trim(),
        translations: writtenTranslations(translations),
      };
      if (category) return api.patch(`/categories/${category.id}`, words);
      const chosen = key.trim() ? { key: key.trim() } : {};
      return api.post('/categories', { ...words, ...chosen, default_subscribed: everybody });
    },
    ['/categories'],
  );
  const submit = () => {
    save.mutate(undefined, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t(category ? 'settings.categories.form.edit' : 'settings.categories.form.new')}
      action={t(category ? 'app.save' : 'app.create')}
      ready={name.trim() !== ''}
      pending={save.isPending}
      problem={problemOfForm(save.error, t)}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('settings.categories.form.name')}
        description={t('settings.categories.form.nameHint')}
        value={name}
        maxLength={100}
        error={errorAt(save.error, '/name')}
        dir="auto"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('settings.categories.form.description')}
        value={description}
        maxLength={500}
        autosize
        minRows={2}
        maxRows={6}
        error={errorAt(save.error, '/description')}
        dir="auto"
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <CategoryTranslations
        value={translations}
        otherwise={{ name, description }}
        errorAt={(pointer) => errorAt(save.error, pointer)}
        onChange={setTranslations}
      />
      <TextInput
        label={t('settings.categories.form.key')}
        description={t('settings.categories.form.keyHint')}
        value={key}
        maxLength={63}
        readOnly={category !== null}
        variant={category ? 'filled' : 'default'}
        error={errorAt(save.error, '/key')}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <Radio.Group
        label={t('settings.categories.form.default')}
        description={t('settings.categories.form.defaultHint')}
        value={everybody ? 'everybody' : 'asked'}
        onChange={(value) => setEverybody(value === 'everybody')}
      >
        <Stack gap={8} mt={8}>
          <Radio
            value="asked"
            disabled={category !== null}
            label={t('settings.categories.default.asked')}
          />
          <Radio
            value="everybody"
            disabled={category !== null}
            label={t('settings.categories.default.everybody')}
          />
        </Stack>
      </Radio.Group>
    </FormDialog>
  );
}
