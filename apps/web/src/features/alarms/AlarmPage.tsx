import { Anchor, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Alarm, AlarmDetail, NewAlarm } from '@perennial/contracts';
import { Page, PageHeader } from '@perennial/ui';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useChange, useRead } from '../../app/data.ts';
import { PendingPage } from '../../app/PendingPage.tsx';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useGo, useTo } from '../../app/use-to.ts';
import { AlarmForm, type AlarmDraft } from './AlarmForm.tsx';
import { AlarmWebhook } from './AlarmWebhook.tsx';
import { AlarmState } from './AlarmsPage.tsx';
import { EpisodesPanel, OpenEpisode } from './Episodes.tsx';
import { PreviewPanel } from './PreviewPanel.tsx';
import { RemoveAlarm } from './RemoveAlarm.tsx';
import { draftOf, NEW_RULE, ruleOf } from './rule-draft.ts';
import classes from './Alarms.module.css';

/** A number that is to be watched. */
export function NewAlarmPage() {
  const t = useText();
  const go = useGo();
  const [draft, setDraft] = useState<AlarmDraft>({
    name: '',
    level: 'warning',
    contact: null,
    rule: NEW_RULE,
  });
  const create = useChange(
    (api, alarm: NewAlarm) => api.post<Alarm>('/alarms', alarm),
    ['/alarms'],
  );
  const rule = ruleOf(draft.rule);
  const ready = rule !== null && draft.name.trim() !== '';
  return (
    <Page
      header={
        <PageHeader
          back={<Back />}
          title={t('alarms.new')}
          actions={
            <Button
              disabled={!ready}
              loading={create.isPending}
              onClick={() =>
                rule &&
                create.mutate(
                  { ...draft, name: draft.name.trim(), rule },
                  { onSuccess: ({ id }) => go(`alarms/${id}`) },
                )
              }
            >
              {t('alarms.create')}
            </Button>
          }
        />
      }
    >
      {create.error ? <Problem error={create.error} /> : null}
      <div className={classes.columns}>
        <AlarmForm draft={draft} onChange={setDraft} />
        <PreviewPanel rule={rule} />
      </div>
    </Page>
  );
}

/** One alarm: what it watches, how that went, when it was raised. */
export function AlarmPage() {
  const { id = '' } = useParams();
  const alarm = useRead<AlarmDetail>(`/alarms/${id}`, { every: 15_000 });
  if (!alarm.data) return <PendingPage back={<Back />} read={alarm} />;
  return <Known key={alarm.data.updated_at} alarm={alarm.data} />;
}

function Known({ alarm }: { alarm: AlarmDetail }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const saved = {
    name: alarm.name,
    level: alarm.level,
    contact: alarm.contact,
    rule: draftOf(alarm.rule),
  };
  const [draft, setDraft] = useState<AlarmDraft>(saved);
  const [removing, setRemoving] = useState(false);
  const change = useChange((api, to: object) => api.patch(`/alarms/${alarm.id}`, to), ['/alarms']);
  const rule = ruleOf(draft.rule);
  const changed = JSON.stringify(draft) !== JSON.stringify(saved);
  const sameRule = JSON.stringify(draft.rule) === JSON.stringify(saved.rule);
  const save = () =>
    change.mutate(
      {
        name: draft.name.trim(),
        level: draft.level,
        contact: draft.contact,
        ...(sameRule ? {} : { rule }),
      },
      { onSuccess: () => notifications.show({ message: t('alarms.saved') }) },
    );
  return (
    <Page
      header={
        <PageHeader
          back={<Back />}
          title={<span dir="auto">{alarm.name}</span>}
          status={<AlarmState alarm={alarm} variant="soft" />}
          detail={changed ? t('alarms.unsaved') : undefined}
          actions={
            mayWrite ? (
              <>
                <Button variant="subtle" color="gray" onClick={() => setRemoving(true)}>
                  {t('alarms.remove')}
                </Button>
                <Button
                  variant="default"
                  loading={change.isPending}
                  onClick={() => change.mutate({ enabled: !alarm.enabled })}
                >
                  {t(alarm.enabled ? 'alarms.pause' : 'alarms.resume')}
                </Button>
                <Button
                  disabled={!changed || rule === null || draft.name.trim() === ''}
                  loading={change.isPending}
                  onClick={save}
                >
                  {t('alarms.save')}
                </Button>
              </>
            ) : null
          }
        />
      }
    >
      {change.error ? <Problem error={change.error} /> : null}
      {alarm.open ? <OpenEpisode alarm={alarm} episode={alarm.open} /> : null}
      <div className={classes.columns}>
        <AlarmForm draft={draft} onChange={setDraft} readOnly={!mayWrite} />
        <div className={classes.column}>
          <EpisodesPanel episodes={alarm.episodes} />
          <PreviewPanel rule={rule} />
          <AlarmWebhook alarm={alarm.id} />
        </div>
      </div>
      {removing ? <RemoveAlarm alarm={alarm} onClose={() => setRemoving(false)} /> : null}
    </Page>
  );
}

function Back() {
  const t = useText();
  const to = useTo();
  return (
    <Anchor component={Link} to={to('alarms')} size="sm" c="dimmed">
      {t('alarms.page')}
    </Anchor>
  );
}
