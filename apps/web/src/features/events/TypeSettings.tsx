import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { PARAM_TYPES, type EventType, type EventTypeChange } from '@perennial/contracts';
import { Panel } from '@perennial/ui';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../app/data.ts';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { useCategories } from './use-categories.ts';
import classes from './Events.module.css';

type Expected = NonNullable<EventTypeChange['expected_params']>[number];

interface Draft {
  name: string;
  category: string;
  description: string;
  active: boolean;
  create_contacts: boolean;
  expected_params: Expected[];
}

function draftOf(type: EventType): Draft {
  const { name, category, description, active, create_contacts, expected_params } = type;
  return { name, category, description, active, create_contacts, expected_params };
}

interface TypeSettingsProps {
  type: EventType;
  /** Paths seen, offered as names of expected parameters. */
  seen: readonly string[];
}

/** How a type is called and what is done with its events. */
export function TypeSettings({ type, seen }: TypeSettingsProps) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const [draft, setDraft] = useState(() => draftOf(type));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const categories = useCategories();
  const save = useChange<Draft, EventType>(
    (api, change) =>
      api.patch<EventType>(`/event_types/${encodeURIComponent(type.key)}`, wireOf(change, type)),
    ['/event_types'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft, {
      onError: showProblem,
      onSuccess: (saved) => {
        setDraft(draftOf(saved));
        notifications.show({ message: t('events.settings.saved') });
      },
    });
  };
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(type));
  return (
    <Panel title={t('events.settings.title')}>
      <form onSubmit={submit}>
        <fieldset className={classes.settings} disabled={!mayWrite}>
          <div className={classes.pair}>
            <TextInput
              label={t('events.settings.name')}
              value={draft.name}
              maxLength={200}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <Autocomplete
              label={t('events.settings.category')}
              // All of them, whatever stands there: one that is set already is no question.
              data={[...categories]}
              filter={({ options }) => options}
              value={draft.category}
              maxLength={50}
              onChange={(value) => set({ category: value })}
            />
          </div>
          <Textarea
            label={t('events.settings.description')}
            value={draft.description}
            maxLength={2000}
            autosize
            minRows={2}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
          {type.system ? null : (
            <>
              <Switch
                label={t('events.settings.active')}
                description={t('events.settings.activeDetail')}
                checked={draft.active}
                onChange={(event) => set({ active: event.currentTarget.checked })}
              />
              <Switch
                label={t('events.settings.create')}
                description={t('events.settings.createDetail')}
                checked={draft.create_contacts}
                onChange={(event) => set({ create_contacts: event.currentTarget.checked })}
              />
              <ExpectedParams
                params={draft.expected_params}
                seen={seen}
                onChange={(expected_params) => set({ expected_params })}
              />
            </>
          )}
          {mayWrite ? (
            <div className={classes.actions}>
              <Button type="submit" disabled={!changed} loading={save.isPending}>
                {t('events.settings.save')}
              </Button>
            </div>
          ) : null}
        </fieldset>
      </form>
    </Panel>
  );
}

function wireOf(draft: Draft, type: EventType): EventTypeChange {
  const { name, category, description, expected_params, ...rest } = draft;
  const words = { name, category, description };
  if (type.system) return words;
  return {
    ...words,
    ...rest,
    expected_params: expected_params.filter((param) => param.name.trim()),
  };
}

interface ExpectedParamsProps {
  params: readonly Expected[];
  seen: readonly string[];
  onChange: (params: Expected[]) => void;
}

function ExpectedParams({ params, seen, onChange }: ExpectedParamsProps) {
  const t = useText();
  const replace = (index: number, change: Partial<Expected>) =>
    onChange(params.map((param, n) => (n === index ? { ...param, ...change } : param)));
  const names = seen.filter((path) => /^[^.[\]]+$/.test(path));
  return (
    <div className={classes.expected}>
      <div>
        <div className={classes.label}>{t('events.settings.expected')}</div>
        <div className={classes.hint}>{t('events.settings.expectedDetail')}</div>
      </div>
      {params.map((param, index) => (
        <div key={index} className={classes.expectedRow}>
          <Autocomplete
            aria-label={t('events.type.parameter')}
            placeholder={t('events.type.parameter')}
            data={names.filter((name) => !params.some((other) => other.name === name))}
            value={param.name}
            maxLength={100}
            onChange={(name) => replace(index, { name })}
          />
          <Select
            aria-label={t('events.type.types')}
            data={[
              { value: '', label: t('events.settings.anyType') },
              ...PARAM_TYPES.map((each) => ({ value: each, label: t(`events.paramType.${each}`) })),
            ]}
            value={param.type ?? ''}
            allowDeselect={false}
            onChange={(next) => replace(index, { type: next || null })}
          />
          <Checkbox
            label={t('events.settings.required')}
            checked={param.required ?? true}
            onChange={(event) => replace(index, { required: event.currentTarget.checked })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('events.settings.removeParam', { name: param.name })}
            onClick={() => onChange(params.filter((_, n) => n !== index))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...params, { name: '', required: true, type: null }])}
        >
          {t('events.settings.addParam')}
        </Button>
      </div>
    </div>
  );
}
