import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Field, FieldIndex } from '@perennial/contracts';
import { SkeletonLines, Time } from '@perennial/ui';
import { useChange, useList } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { Rich, useText } from '../../../app/text.tsx';
import classes from './Fields.module.css';

/** Whether filters and lists sorted by a field are quick, and making them so. */
export function FieldIndexPart({ field, fieldKey }: { field: Field; fieldKey: string }) {
  const t = useText();
  const indexes = useList<FieldIndex>('/fields/indexes', { every: 5000 });
  const index = indexes.items.find((each) => each.field === fieldKey);
  return (
    <>
      <h3 className={classes.section}>{t('settings.fields.index')}</h3>
      {indexes.loading ? (
        <SkeletonLines lines={2} />
      ) : (
        <p className={classes.muted}>
          <IndexState index={index} />
        </p>
      )}
      <Change field={field} fieldKey={fieldKey} isThere={index !== undefined} />
    </>
  );
}

function IndexState({ index }: { index: FieldIndex | undefined }) {
  const t = useText();
  if (!index) return t('settings.fields.index.none');
  if (!index.done_at) return t('settings.fields.index.building');
  return (
    <Rich
      id="settings.fields.index.done"
      values={{
        automatic: index.automatic ? 'yes' : 'no',
        at: <Time key="at" at={index.done_at} style="exact" />,
      }}
    />
  );
}

function Change({
  field,
  fieldKey,
  isThere,
}: {
  field: Field;
  fieldKey: string;
  isThere: boolean;
}) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const change = useChange(
    (api) =>
      isThere
        ? api.delete(`/fields/indexes/${encodeURIComponent(fieldKey)}`)
        : api.post('/fields/indexes', { field: fieldKey }),
    ['/fields/indexes', '/jobs'],
  );
  const act = () =>
    change.mutate(undefined, {
      onError: showProblem,
      onSuccess: () => {
        if (!isThere) return;
        notifications.show({
          message: t('settings.fields.index.dropped', { field: field.label }),
        });
      },
    });
  if (!mayWrite) return null;
  return (
    <Button size="compact-sm" variant="default" mt="xs" loading={change.isPending} onClick={act}>
      {t(isThere ? 'settings.fields.index.drop' : 'settings.fields.index.build')}
    </Button>
  );
}
