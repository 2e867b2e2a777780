import { Alert, Button, Checkbox, Modal, TextInput } from '@mantine/core';
import type {
  TakenWorkflow,
  WorkflowGalleryItem,
  WorkflowProblem,
  WorkflowTaken,
} from '@perennial/contracts';
import { ChannelIcon, SkeletonLines } from '@perennial/ui';
import { IconAlertCircle, IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { problemWords } from '../../../app/problem-words.ts';
import { useText } from '../../../app/text.tsx';
import { useGo } from '../../../app/use-to.ts';
import { WorkflowCanvas } from '../../../editor/canvas/WorkflowCanvas.tsx';
import { graphOf } from '../../../editor/graph.ts';
import { useBlockWords } from '../../../editor/use-block-words.ts';
import { useVocabulary } from '../../conditions/use-vocabulary.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { languageName } from '../../messages/library/language-name.ts';
import { EventField } from '../blocks-forms/fields/EventField.tsx';
import { FieldSelect } from '../blocks-forms/fields/FieldSelect.tsx';
import { bestName } from './best-name.ts';
import { shownDefinition } from './shown-definition.ts';
import classes from './TakeDialog.module.css';

interface TakeDialogProps {
  item: WorkflowGalleryItem;
  onClose: () => void;
}

/** Shows a workflow of the gallery, asks what the workspace calls what it needs, and makes it. */
export function TakeDialog({ item, onClose }: TakeDialogProps) {
  const { vocabulary, error, retry } = useVocabulary();
  return (
    <Modal opened onClose={onClose} size={1080} title={item.name}>
      {error ? <Problem error={error} onRetry={() => void retry()} /> : null}
      {vocabulary ? <Taking item={item} vocabulary={vocabulary} /> : <SkeletonLines lines={8} />}
    </Modal>
  );
}

interface TakingProps {
  item: WorkflowGalleryItem;
  vocabulary: Vocabulary;
}

function Taking({ item, vocabulary }: TakingProps) {
  const t = useText();
  const go = useGo();
  const [name, setName] = useState(item.name);
  const [languages, setLanguages] = useState(item.languages.slice(0, 1));
  const [events, setEvents] = useState(() =>
    guessed(
      item.events,
      vocabulary.events.map(({ value }) => value),
    ),
  );
  const [fields, setFields] = useState(() =>
    guessed(
      item.fields,
      vocabulary.fields.map(({ key }) => key),
    ),
  );
  const take = useChange(
    (api, order: WorkflowTaken) =>
      api.post<TakenWorkflow>(`/workflow_gallery/${item.key}/take`, order),
    ['/workflows', '/messages', '/segments'],
  );
  const isNamed = [...Object.values(events), ...Object.values(fields)].every(
    (each) => each.trim() !== '',
  );
  const submit = () =>
    take.mutate(
      { name: name.trim(), languages, events, fields },
      {
        onSuccess: ({ workflow, verdict }) => {
          if (verdict.errors.length === 0) go(`workflows/${workflow.id}`);
        },
      },
    );
  if (take.data && take.data.verdict.errors.length > 0) {
    const { workflow, verdict } = take.data;
    return <Made problems={verdict.errors} onOpen={() => go(`workflows/${workflow.id}`)} />;
  }
  return (
    <div className={classes.root}>
      <Preview item={item} events={events} fields={fields} />
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className={classes.about}>{item.about}</p>
        <TextInput
          data-autofocus
          label={t('workflows.create.name')}
          maxLength={200}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Needs
          item={item}
          vocabulary={vocabulary}
          events={events}
          fields={fields}
          onEvents={setEvents}
          onFields={setFields}
        />
        <Brings item={item} />
        {item.languages.length > 1 ? (
          <Checkbox.Group
            label={t('gallery.languages')}
            value={languages}
            onChange={(chosen) =>
              setLanguages(item.languages.filter((each) => chosen.includes(each)))
            }
          >
            <div className={classes.languages}>
              {item.languages.map((each) => (
                <Checkbox key={each} value={each} label={languageName(each)} />
              ))}
            </div>
          </Checkbox.Group>
        ) : null}
        {take.error ? (
          <Alert color="red" variant="light">
            {problemWords(take.error, t).detail}
          </Alert>
        ) : null}
        <Button
          type="submit"
          disabled={name.trim() === '' || languages.length === 0 || !isNamed}
          loading={take.isPending}
        >
          {t('workflows.create.go')}
        </Button>
        <p className={classes.hint}>{t('workflows.gallery.draft')}</p>
      </form>
    </div>
  );
}

type Names = Record<string, string>;

/** What the workspace calls it already, else what it is mostly called. */
function guessed(needs: WorkflowGalleryItem['events'], known: readonly string[]): Names {
  return Object.fromEntries(
    needs.map(({ key, usual }) => [key, bestName(usual, known) ?? usual[0] ?? '']),
  );
}

interface NeedsProps extends TakingProps {
  events: Names;
  fields: Names;
  onEvents: (events: Names) => void;
  onFields: (fields: Names) => void;
}

/** What it needs, by the workspace's own names. */
function Needs({ item, vocabulary, events, fields, onEvents, onFields }: NeedsProps) {
  const t = useText();
  if (item.events.length + item.fields.length === 0) return null;
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t('workflows.gallery.needs')}</h3>
      {item.events.map(({ key, name }) => (
        <EventField
          key={key}
          label={name}
          vocabulary={vocabulary}
          value={events[key]}
          error={events[key]?.trim() ? undefined : t('blockForms.missing')}
          onChange={(event) => onEvents({ ...events, [key]: event })}
        />
      ))}
      {item.fields.map(({ key, name }) => (
        <FieldSelect
          key={key}
          label={name}
          named
          vocabulary={vocabulary}
          value={fields[key] ?? ''}
          onChange={(field) => onFields({ ...fields, [key]: field })}
        />
      ))}
    </section>
  );
}

/** What is made with it, to be written anew afterwards. */
function Brings({ item }: { item: WorkflowGalleryItem }) {
  const t = useText();
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{t('workflows.gallery.brings')}</h3>
      <ul className={classes.list}>
        {item.messages.map(({ key, name, channel }) => (
          <li key={key} className={classes.made}>
            <ChannelIcon channel={channel} />
            {name}
          </li>
        ))}
        {item.segments.map(({ key, name }) => (
          <li key={key} className={classes.made}>
            <IconUsersGroup size={16} />
            {name}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Preview({
  item,
  events,
  fields,
}: {
  item: WorkflowGalleryItem;
  events: Names;
  fields: Names;
}) {
  const shown = useMemo(() => shownDefinition(item, { events, fields }), [item, events, fields]);
  const graph = useMemo(() => graphOf(shown.definition), [shown]);
  const words = useBlockWords(
    (id) => shown.messages.get(id) ?? id,
    (id) => shown.segments.get(id) ?? id,
  );
  return (
    <div className={classes.preview}>
      <WorkflowCanvas graph={graph} words={words} />
    </div>
  );
}

/** It was made, and cannot be published as it is. */
function Made({ problems, onOpen }: { problems: readonly WorkflowProblem[]; onOpen: () => void }) {
  const t = useText();
  return (
    <>
      <p className={classes.about}>{t('workflows.gallery.made', { count: problems.length })}</p>
      <ul className={classes.list}>
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`} className={classes.made}>
            <IconAlertCircle size={16} color="var(--p-danger)" />
            {message}
          </li>
        ))}
      </ul>
      <Button mt="lg" data-autofocus onClick={onOpen}>
        {t('workflows.gallery.open')}
      </Button>
    </>
  );
}
