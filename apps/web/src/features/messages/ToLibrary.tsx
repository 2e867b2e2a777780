import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';

/** The way up from a message. */
export function ToLibrary() {
  const t = useText();
  const to = useTo();
  return (
    <Anchor component={Link} to={to('messages')} size="sm" c="dimmed">
      {t('app.messages.library')}
    </Anchor>
  );
}
