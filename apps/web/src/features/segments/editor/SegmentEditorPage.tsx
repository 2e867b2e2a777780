import { Anchor } from '@mantine/core';
import type { SegmentDetail } from '@perennial/contracts';
import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import { useRead } from '../../../app/data.ts';
import { PendingPage } from '../../../app/PendingPage.tsx';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { useVocabulary } from '../../conditions/use-vocabulary.ts';
import { examplesOf } from './examples.ts';
import { documentOf } from './segment-document.ts';
import { SegmentEditor } from './SegmentEditor.tsx';

/** Makes a dynamic segment: `?example=ID` begins with one that is nearly done. */
export function NewSegmentPage() {
  const t = useText();
  const [parameters] = useSearchParams();
  const { vocabulary, error, retry } = useVocabulary();
  if (!vocabulary) return <PendingPage back={<Back />} read={{ error, refetch: retry }} />;
  const example = examplesOf(vocabulary, t).find(({ id }) => id === parameters.get('example'));
  const start = example && {
    name: example.name,
    purpose: '',
    tags: [],
    document: documentOf(example.definition),
  };
  return (
    <SegmentEditor
      key={example?.id ?? 'new'}
      segment={undefined}
      vocabulary={vocabulary}
      start={start}
    />
  );
}

/** Changes the rule of a dynamic segment. */
export function EditSegmentPage() {
  const to = useTo();
  const { id = '' } = useParams();
  const segment = useRead<SegmentDetail>(`/segments/${id}`);
  const { vocabulary, error, retry } = useVocabulary();
  if (!segment.data) return <PendingPage back={<Back />} read={segment} />;
  if (segment.data.kind !== 'dynamic') return <Navigate to={to(`segments/${id}`)} replace />;
  if (!vocabulary) return <PendingPage back={<Back />} read={{ error, refetch: retry }} />;
  return <SegmentEditor key={id} segment={segment.data} vocabulary={vocabulary} />;
}

function Back() {
  const t = useText();
  const to = useTo();
  return (
    <Anchor component={Link} to={to('segments')} size="sm" c="dimmed">
      {t('app.contacts.segments')}
    </Anchor>
  );
}
