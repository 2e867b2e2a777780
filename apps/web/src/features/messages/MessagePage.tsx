import { Anchor } from '@mantine/core';
import type { Message } from '@perennial/contracts';
import { Page, PageHeader, SkeletonBlock } from '@perennial/ui';
import { Link, useParams } from 'react-router';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { MessageEditor } from './MessageEditor.tsx';

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

export function ToLibrary() {
  const t = useText();
  const to = useTo();
  return (
    <Anchor component={Link} to={to('messages')} size="sm" c="dimmed">
      {t('app.messages.library')}
    </Anchor>
  );
}
