import { Button, Group, TagsInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { WorkspaceSettings } from '@perennial/contracts';
import { Panel, SkeletonFacts } from '@perennial/ui';
import { useState } from 'react';
import { useChange, useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import classes from './Settings.module.css';

/** What whoever unsubscribes is offered as a reason. */
export function UnsubscribeReasons() {
  const settings = useRead<WorkspaceSettings>('/settings');
  if (settings.error && !settings.data) {
    return <Problem error={settings.error} onRetry={() => void settings.refetch()} />;
  }
  if (!settings.data) return <SkeletonFacts rows={4} />;
  return <Reasons saved={settings.data.unsubscribe_reasons} />;
}

function Reasons({ saved }: { saved: string[] }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const [reasons, setReasons] = useState(saved);
  const save = useChange(
    (api) => api.patch('/settings', { unsubscribe_reasons: reasons }),
    ['/settings'],
  );
  const unchanged = JSON.stringify(reasons) === JSON.stringify(saved);
  return (
    <Panel title={t('settings.leaving.title')}>
      <div className={classes.dialogForm}>
        <TagsInput
          label={t('settings.leaving.reasons')}
          description={t('settings.leaving.hint')}
          value={reasons}
          readOnly={!mayWrite}
          maxTags={20}
          splitChars={['\n']}
          error={save.error ? problemWords(save.error, t).detail : null}
          onChange={setReasons}
        />
        {mayWrite ? (
          <Group>
            <Button
              disabled={unchanged}
              loading={save.isPending}
              onClick={() =>
                save.mutate(undefined, {
                  onSuccess: () => notifications.show({ message: t('settings.leaving.saved') }),
                })
              }
            >
              {t('app.save')}
            </Button>
          </Group>
        ) : null}
      </div>
    </Panel>
  );
}
