import { Alert, Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { Category } from '@perennial/contracts';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import classes from './Settings.module.css';

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
  const [everybody, setEverybody] = useState(category?.default_subscribed ?? false);
  const save = useChange(
    (api) => {
      const words = { name: name.trim(), description: description.trim() };
      if (category) return api.patch(`/categories/${category.id}`, words);
      const chosen = key.trim() ? { key: key.trim() } : {};
      return api.post('/categories', { ...words, ...chosen, default_subscribed: everybody });
    },
    ['/categories'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined, { onSuccess: onClose });
  };
  const errorAt = (path: string) =>
    save.error?.errors.find((error) => error.path === path)?.message;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(category ? 'settings.categories.form.edit' : 'settings.categories.form.new')}
    >
      <form className={classes.dialogForm} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('settings.categories.form.name')}
          description={t('settings.categories.form.nameHint')}
          value={name}
          maxLength={100}
          error={errorAt('/name')}
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
          error={errorAt('/description')}
          dir="auto"
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <TextInput
          label={t('settings.categories.form.key')}
          description={t('settings.categories.form.keyHint')}
          value={key}
          maxLength={63}
          readOnly={category !== null}
          variant={category ? 'filled' : 'default'}
          error={errorAt('/key')}
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
        {save.error && save.error.errors.length === 0 ? (
          <Alert color="red" variant="light">
            {problemWords(save.error, t).detail}
          </Alert>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={save.isPending}>
            {t(category ? 'app.save' : 'app.create')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
