import { Button, Modal, Skeleton, TextInput } from '@mantine/core';
import type { NewWorkflow, Workflow, WorkflowGalleryItem } from '@perennial/contracts';
import { Page, PageHeader } from '@perennial/ui';
import { IconFile } from '@tabler/icons-react';
import { useMemo, useState, type FormEvent } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { graphOf } from '../../editor/graph.ts';
import { StartCard } from '../messages/gallery/StartCard.tsx';
import { emptyWorkflow } from './gallery/empty-workflow.ts';
import { GraphPicture } from './gallery/GraphPicture.tsx';
import { TakeDialog } from './gallery/TakeDialog.tsx';
import classes from './NewWorkflow.module.css';

/** Chooses what a workflow begins with: nothing, or one that comes with the program. */
export function NewWorkflowPage() {
  const t = useText();
  const gallery = useList<WorkflowGalleryItem>('/workflow_gallery');
  const [taking, setTaking] = useState<WorkflowGalleryItem>();
  const [naming, setNaming] = useState(false);
  return (
    <Page
      header={
        <PageHeader title={t('workflows.create.title')} detail={t('workflows.create.detail')} />
      }
    >
      {gallery.error ? <Problem error={gallery.error} onRetry={gallery.retry} /> : null}
      <ul className={classes.cards}>
        <li>
          <StartCard
            name={t('workflows.starter.blank')}
            about={t('workflows.starter.blank.detail')}
            picture={
              <span className={classes.blank}>
                <IconFile size={32} stroke={1.25} />
              </span>
            }
            onChoose={() => setNaming(true)}
          />
        </li>
        {gallery.items.map((item) => (
          <li key={item.key}>
            <GalleryCard item={item} onChoose={() => setTaking(item)} />
          </li>
        ))}
        {gallery.loading
          ? Array.from({ length: 6 }, (_, i) => (
              <li key={i}>
                <Skeleton height={290} radius="md" />
              </li>
            ))
          : null}
      </ul>
      {taking ? <TakeDialog item={taking} onClose={() => setTaking(undefined)} /> : null}
      {naming ? <EmptyDialog onClose={() => setNaming(false)} /> : null}
    </Page>
  );
}

function GalleryCard({ item, onChoose }: { item: WorkflowGalleryItem; onChoose: () => void }) {
  const graph = useMemo(() => graphOf(item.definition), [item]);
  return (
    <StartCard
      name={item.name}
      about={item.about}
      picture={<GraphPicture graph={graph} />}
      onChoose={onChoose}
    />
  );
}

/** One that begins with a start and an end. */
function EmptyDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const go = useGo();
  const [name, setName] = useState('');
  const create = useChange<NewWorkflow, Workflow>(
    (api, workflow) => api.post('/workflows', workflow),
    ['/workflows'],
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), definition: emptyWorkflow },
      { onSuccess: ({ id }) => go(`workflows/${id}`) },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('workflows.new')}>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t('workflows.create.name')}
          maxLength={200}
          value={name}
          error={create.error ? problemWords(create.error, t).detail : null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
          {t('workflows.create.go')}
        </Button>
      </form>
    </Modal>
  );
}
