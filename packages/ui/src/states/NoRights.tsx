import { IconLock } from '@tabler/icons-react';
import { useUiText } from '../use-ui-text.ts';
import { EmptyState } from './EmptyState.tsx';

/** Shown instead of what the user's role does not open; names the missing right. */
export function NoRights({ right }: { right: string }) {
  const text = useUiText();
  return (
    <EmptyState icon={IconLock} title={text('ui.noRights.title')}>
      {text('ui.noRights.detail', { right })}
    </EmptyState>
  );
}
