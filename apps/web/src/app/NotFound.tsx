import { Button } from '@mantine/core';
import { EmptyState } from '@perennial/ui';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from './text.tsx';

export function NotFound() {
  const t = useText();
  return (
    <EmptyState
      icon={IconMapQuestion}
      title={t('app.notFound.title')}
      actions={
        <Button component={Link} to="/" variant="default">
          {t('app.notFound.home')}
        </Button>
      }
    >
      {t('app.notFound.detail')}
    </EmptyState>
  );
}
