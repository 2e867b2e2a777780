import { Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { WorkspaceSettings } from '@perennial/contracts';
import { Page, PageHeader, Panel, SkeletonLines } from '@perennial/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import type { ApiProblem } from '../../api.ts';
import { useChange, useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { sessionKey } from '../../app/SessionGate.tsx';
import { useRight, useWorkspace } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { offeredLanguages } from '../messages/offered-languages.ts';
import { currencyNames, zoneNames } from '../session/regions.ts';
import { IdentityLimits } from './IdentityLimits.tsx';
import classes from './Settings.module.css';

/** Name, zone and habits of the workspace: each is saved as it is set. */
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

interface General {
  name: string;
  time_zone: string;
  currency: string;
}

function GeneralPanel() {
  const t = useText();
  const words = (error: ApiProblem): string => problemWords(error, t).detail;
  const workspace = useWorkspace();
  const mayWrite = useRight('settings.write');
  const queries = useQueryClient();
  const { locale } = useIntl();
  const zones = useMemo(() => zoneNames(workspace.time_zone), [workspace.time_zone]);
  const currencies = useMemo(
    () => currencyNames(locale, workspace.currency),
    [locale, workspace.currency],
  );
  const [name, setName] = useState(workspace.name);
  const change = useChange(async (api, values: Partial<General>) => {
    await api.patch(`/workspaces/${workspace.id}`, values);
    await queries.invalidateQueries({ queryKey: sessionKey });
  }, []);
  const save = (values: Partial<General>) =>
    change.mutate(values, {
      onSuccess: () => notifications.show({ message: t('app.saved') }),
    });
  // A workspace always has a name: left empty, the field takes the present one back.
  const saveName = () => {
    const typed = name.trim();
    setName(typed || workspace.name);
    if (typed && typed !== workspace.name) save({ name: typed });
  };
  return (
    <Panel title={t('settings.workspace.general')}>
      <div className={classes.form}>
        <TextInput
          label={t('settings.workspace.name')}
          value={name}
          maxLength={100}
          readOnly={!mayWrite}
          dir="auto"
          error={change.variables?.name && change.error ? words(change.error) : null}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={saveName}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
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
          value={(change.isPending && change.variables.time_zone) || workspace.time_zone}
          searchable
          allowDeselect={false}
          readOnly={!mayWrite}
          error={change.variables?.time_zone && change.error ? words(change.error) : null}
          onChange={(next) => next && next !== workspace.time_zone && save({ time_zone: next })}
        />
        <Select
          label={t('settings.workspace.currency')}
          description={t('settings.workspace.currencyHint')}
          data={currencies}
          value={(change.isPending && change.variables.currency) || workspace.currency}
          searchable
          allowDeselect={false}
          readOnly={!mayWrite}
          nothingFoundMessage={t('settings.workspace.currencyNone')}
          error={change.variables?.currency && change.error ? words(change.error) : null}
          onChange={(next) => next && next !== workspace.currency && save({ currency: next })}
        />
      </div>
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
