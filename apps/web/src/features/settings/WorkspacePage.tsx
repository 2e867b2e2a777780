import { Button, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { WorkspaceSettings } from '@perennial/contracts';
import { Page, PageHeader, Panel, SkeletonLines } from '@perennial/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { useChange, useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { sessionKey } from '../../app/SessionGate.tsx';
import { useRight, useWorkspace } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { offeredLanguages } from '../messages/offered-languages.ts';
import { zoneNames } from '../session/regions.ts';
import { IdentityLimits } from './IdentityLimits.tsx';
import classes from './Settings.module.css';

/** Name, zone and habits of the workspace. */
export function WorkspacePage() {
  const t = useText();
  const settings = useRead<WorkspaceSettings>('/settings');
  return (
    <Page
      width="form"
      header={
        <PageHeader title={t('app.settings.workspace')} detail={t('settings.workspace.detail')} />
      }
    >
      <div className={classes.panels}>
        <GeneralPanel />
        {settings.error ? (
          <Problem error={settings.error} onRetry={() => void settings.refetch()} />
        ) : null}
        {settings.isPending ? <SkeletonLines lines={6} /> : null}
        {settings.data ? <SettingPanels settings={settings.data} /> : null}
      </div>
    </Page>
  );
}

function GeneralPanel() {
  const t = useText();
  const workspace = useWorkspace();
  const mayWrite = useRight('settings.write');
  const queries = useQueryClient();
  const zones = useMemo(() => zoneNames(workspace.time_zone), [workspace.time_zone]);
  const [name, setName] = useState(workspace.name);
  const [zone, setZone] = useState(workspace.time_zone);
  const save = useChange(async (api, change: { name: string; time_zone: string }) => {
    await api.patch(`/workspaces/${workspace.id}`, change);
    await queries.invalidateQueries({ queryKey: sessionKey });
  }, []);
  const unchanged = name.trim() === workspace.name && zone === workspace.time_zone;
  return (
    <Panel title={t('settings.workspace.general')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(
            { name: name.trim(), time_zone: zone },
            { onSuccess: () => notifications.show({ message: t('app.saved') }) },
          );
        }}
      >
        <TextInput
          label={t('settings.workspace.name')}
          value={name}
          maxLength={100}
          readOnly={!mayWrite}
          dir="auto"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('settings.workspace.slug')}
          description={t('settings.workspace.slugHint')}
          value={workspace.slug}
          readOnly
          variant="filled"
        />
        <Select
          label={t('settings.workspace.zone')}
          description={t('settings.workspace.zoneHint')}
          data={zones}
          value={zone}
          searchable
          allowDeselect={false}
          readOnly={!mayWrite}
          error={save.error ? problemWords(save.error, t).detail : null}
          onChange={(next) => next && setZone(next)}
        />
        {mayWrite ? (
          <Button
            type="submit"
            variant="default"
            disabled={unchanged || name.trim() === ''}
            loading={save.isPending}
          >
            {t('app.save')}
          </Button>
        ) : null}
      </form>
    </Panel>
  );
}

const groups = [
  { title: 'settings.workspace.data', switches: ['create_fields', 'identify_confirms'] },
  { title: 'settings.workspace.identity', switches: ['join_by_email', 'join_by_phone'] },
  { title: 'settings.workspace.compatibility', switches: ['legacy_answers', 'rate_limits'] },
] as const;

/** Switches are saved as they are turned. */
function SettingPanels({ settings }: { settings: WorkspaceSettings }) {
  const t = useText();
  const intl = useIntl();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const change = useChange(
    (api, values: Partial<WorkspaceSettings>) => api.patch('/settings', values),
    ['/settings'],
  );
  const shown = { ...settings, ...(change.isPending ? change.variables : {}) };
  const save = (values: Partial<WorkspaceSettings>) =>
    change.mutate(values, { onError: showProblem });
  const languages = offeredLanguages.map((tag) => ({
    value: tag,
    label: intl.formatDisplayName(tag, { type: 'language', fallback: 'code' }) ?? tag,
  }));
  return (
    <>
      <Panel title={t('settings.workspace.language')}>
        <div className={classes.form}>
          <Select
            aria-label={t('settings.workspace.language')}
            description={t('settings.workspace.languageHint')}
            data={languages}
            value={shown.default_language}
            searchable
            allowDeselect={false}
            readOnly={!mayWrite}
            onChange={(language) => language && save({ default_language: language })}
          />
        </div>
      </Panel>
      {groups.map((group) => (
        <Panel key={group.title} title={t(group.title)}>
          <div className={classes.switches}>
            {group.switches.map((name) => (
              <Switch
                key={name}
                label={t(`settings.workspace.${name}`)}
                description={t(`settings.workspace.${name}.hint`)}
                checked={shown[name]}
                disabled={!mayWrite}
                onChange={(event) => save({ [name]: event.currentTarget.checked })}
              />
            ))}
            {group.title === 'settings.workspace.identity' ? (
              <TagsInput
                label={t('settings.workspace.blocked')}
                description={t('settings.workspace.blocked.hint')}
                value={[...shown.blocked_identifiers]}
                maxTags={1000}
                readOnly={!mayWrite}
                splitChars={[',', ';', '\n']}
                onChange={(values) => save({ blocked_identifiers: values })}
              />
            ) : null}
            {group.title === 'settings.workspace.identity' ? (
              <IdentityLimits
                limits={shown.identifier_limits}
                readOnly={!mayWrite}
                onChange={(identifier_limits) => save({ identifier_limits })}
              />
            ) : null}
            {group.title === 'settings.workspace.data' ? (
              <Select
                label={t('settings.workspace.type_conflicts')}
                description={t('settings.workspace.type_conflicts.hint')}
                data={(['record', 'reject'] as const).map((value) => ({
                  value,
                  label: t(`settings.workspace.type_conflicts.${value}`),
                }))}
                value={shown.type_conflicts}
                allowDeselect={false}
                readOnly={!mayWrite}
                onChange={(value) => value && save({ type_conflicts: value })}
              />
            ) : null}
          </div>
        </Panel>
      ))}
    </>
  );
}
