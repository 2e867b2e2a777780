import type { Message } from '@perennial/contracts';
import { Page, PageHeader, SkeletonBlock } from '@perennial/ui';
import { useParams } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { MessageEditor } from './MessageEditor.tsx';
import { ToLibrary } from './ToLibrary.tsx';

export function MessagePage() {
  const { id = '' } = useParams();
  const message = useRead<Message>(`/messages/${id}`);
  if (message.data) return <MessageEditor key={id} message={message.data} />;
  return (
    <Page header={<PageHeader back={<ToLibrary />} title="" loading={!message.error} />}>
      {message.error ? (
        <Problem error={message.error} onRetry={() => void message.refetch()} />
      ) : (
        <SkeletonBlock height={480} />
      )}
    </Page>
  );
}
