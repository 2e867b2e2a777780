import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Field, FieldStats, FieldUsage } from '@perennial/contracts';
import { Copyable, Fact, Facts, Inspector, SkeletonLines, Time } from '@perennial/ui';
import { IconArchive, IconArchiveOff, IconPencil, IconTransform } from '@tabler/icons-react';
import { useState } from 'react';
import { FormattedNumber, useIntl, type IntlShape } from 'react-intl';
import { Link } from 'react-router';
import { SourceWord } from '../../contacts/SourceWord.tsx';
import { useChange, useRead } from '../../../app/data.ts';
import { useRight } from '../../../app/session.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { Rich, useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { Choice } from '../../contacts/Choice.tsx';
import { valueWord } from '../../contacts/value-words.ts';
import { fieldTypeWords } from '../field-type-words.ts';
import { ChangeType } from './ChangeType.tsx';
import { FieldIndexPart } from './FieldIndexPart.tsx';
import { FieldConflicts } from './FieldConflicts.tsx';
import { ruleWords } from './rule-words.ts';
import classes from './Fields.module.css';

interface FieldInspectorProps {
  field: Field;
  onEdit: () => void;
  onClose: () => void;
}

/** What a field is, how it is filled, what uses it, and what did not fit. */
export function FieldInspector({ field, onEdit, onClose }: FieldInspectorProps) {
  const t = useText();
  const key = field.system ? field.key : `custom.${field.key}`;
  return (
    <Inspector title={field.label} onClose={onClose} detail={<Copyable value={field.key} mono />}>
      {field.description ? <p className={classes.muted}>{field.description}</p> : null}
      <Definition field={field} />
      {field.system ? null : <Actions field={field} onEdit={onEdit} />}
      <h3 className={classes.section}>{t('settings.fields.filled')}</h3>
      <Filled field={field} fieldKey={key} />
      <h3 className={classes.section}>{t('settings.fields.usedBy')}</h3>
      <UsedBy fieldKey={key} />
      {field.read_only ? null : <FieldIndexPart field={field} fieldKey={key} />}
      <FieldConflicts fieldKey={key} />
    </Inspector>
  );
}

function Definition({ field }: { field: Field }) {
  const t = useText();
  const intl = useIntl();
  const rules = ruleWords(field, t);
  return (
    <Facts>
      <Fact label={t('settings.fields.column.type')}>{fieldTypeWords(field.type, t)}</Fact>
      {rules.length > 0 ? (
        <Fact label={t('settings.fields.rules')}>{rules.join(' · ')}</Fact>
      ) : null}
      {field.choices?.length ? (
        <Fact label={t('settings.fields.form.choices')}>
          <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 4 }}>
            {field.choices.map((choice) => (
              <Choice
                key={choice}
                value={wordOf(field, choice, intl)}
                look={field.choice_looks[choice]}
              />
            ))}
          </span>
        </Fact>
      ) : null}
      {field.system ? null : (
        <>
          <Fact label={t('settings.fields.column.source')}>
            {field.source ? <SourceWord source={field.source} /> : null}
          </Fact>
          <Fact
            label={t(
              field.source === 'manual'
                ? 'settings.fields.column.created'
                : 'settings.fields.firstSeen',
            )}
          >
            <Time at={field.created_at} style="exact" />
          </Fact>
        </>
      )}
    </Facts>
  );
}

/** Only of the fields that every workspace has the meaning of values is known. */
function wordOf({ system, key }: Field, value: string, intl: IntlShape): string {
  return system ? valueWord(key, value, intl) : value;
}

function Actions({ field, onEdit }: { field: Field; onEdit: () => void }) {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const showProblem = useShowProblem();
  const change = useChange(
    (api, archived: boolean) => api.patch(`/fields/${field.id}`, { archived }),
    ['/fields'],
  );
  const [changesType, setChangesType] = useState(false);
  const archived = field.archived_at !== null;
  const turn = () =>
    change.mutate(!archived, {
      onError: showProblem,
      onSuccess: () =>
        notifications.show({
          message: t(archived ? 'settings.fields.restoredToast' : 'settings.fields.archivedToast', {
            field: field.label,
          }),
        }),
    });
  if (!mayWrite) return null;
  return (
    <Group gap="xs" mt="sm">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPencil size={14} />}
        onClick={onEdit}
      >
        {t('settings.fields.form.edit')}
      </Button>
      {archived ? null : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTransform size={14} />}
          onClick={() => setChangesType(true)}
        >
          {t('settings.fields.typeChange')}
        </Button>
      )}
      {changesType ? <ChangeType field={field} onClose={() => setChangesType(false)} /> : null}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={archived ? <IconArchiveOff size={14} /> : <IconArchive size={14} />}
        loading={change.isPending}
        onClick={turn}
      >
        {t(archived ? 'settings.fields.restore' : 'settings.fields.archive')}
      </Button>
    </Group>
  );
}

function Filled({ field, fieldKey }: { field: Field; fieldKey: string }) {
  const intl = useIntl();
  const stats = useRead<FieldStats>('/fields/stats', { query: { field: fieldKey } });
  if (stats.error) return <p className={classes.muted}>{stats.error.detail}</p>;
  if (!stats.data) return <SkeletonLines lines={3} />;
  const { contacts, of, looked_at: lookedAt, exact, top } = stats.data;
  return (
    <>
      <p className={classes.muted}>
        <Rich
          id={exact ? 'settings.fields.filled.exact' : 'settings.fields.filled.sample'}
          values={{
            contacts: <FormattedNumber key="n" value={contacts} />,
            of: <FormattedNumber key="of" value={of} />,
            looked: <FormattedNumber key="looked" value={lookedAt} />,
          }}
        />
      </p>
      {top.map((row) => (
        <div key={row.value} className={classes.bar}>
          <span dir="auto">
            {field.choice_looks[row.value]?.label ?? wordOf(field, row.value, intl)}
          </span>
          <span className={classes.number}>
            {exact ? '' : '≈ '}
            <FormattedNumber value={row.contacts} />
          </span>
          <span className={classes.track}>
            <span
              className={classes.fill}
              style={{ display: 'block', inlineSize: `${(100 * row.contacts) / Math.max(1, of)}%` }}
            />
          </span>
        </div>
      ))}
    </>
  );
}

function UsedBy({ fieldKey }: { fieldKey: string }) {
  const t = useText();
  const to = useTo();
  const usage = useRead<FieldUsage>('/fields/usage', { query: { field: fieldKey } });
  if (usage.error) return <p className={classes.muted}>{usage.error.detail}</p>;
  if (!usage.data) return <SkeletonLines lines={2} />;
  const { workflows, segments, messages } = usage.data;
  if (workflows.length + segments.length + messages.length === 0) {
    return <p className={classes.muted}>{t('settings.fields.unused')}</p>;
  }
  return (
    <Facts>
      {workflows.map(({ id, name }) => (
        <Fact key={`w${id}`} label={t('settings.fields.workflow')}>
          <Link to={to(`workflows/${id}`)}>{name}</Link>
        </Fact>
      ))}
      {segments.map(({ id, name }) => (
        <Fact key={`s${id}`} label={t('settings.fields.segment')}>
          <Link to={to(`segments/${id}`)}>{name}</Link>
        </Fact>
      ))}
      {messages.map(({ id, name }) => (
        <Fact key={`m${id}`} label={t('settings.fields.message')}>
          <Link to={to(`messages/${id}`)}>{name}</Link>
        </Fact>
      ))}
    </Facts>
  );
}
