import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Category, FrequencyRule } from '@perennial/contracts';
import { EmptyState, Panel, SkeletonLines, StatusBadge } from '@perennial/ui';
import { IconPlus, IconScaleOutline } from '@tabler/icons-react';
import { useState } from 'react';
import { useChange, useList } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemOfForm } from '../../app/form-problem.ts';
import { Problem } from '../../app/Problem.tsx';
import { useRight } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useText } from '../../app/text.tsx';
import { draftOf } from './rule-draft.ts';
import { RuleForm } from './RuleForm.tsx';
import classes from './Sending.module.css';
import { useRuleWords } from './use-rule-words.ts';

/** The rules that limit how many messages a contact gets, each in plain words. */
export function RulesPanel() {
  const t = useText();
  const mayWrite = useRight('settings.write');
  const rules = useList<FrequencyRule>('/frequency-rules');
  const [editing, setEditing] = useState<FrequencyRule | 'new' | null>(null);
  const create = mayWrite ? (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
      {t('sending.rules.new')}
    </Button>
  ) : null;
  return (
    <Panel title={t('sending.rules.title')} actions={rules.items.length > 0 ? create : null} flush>
      {rules.error ? <Problem error={rules.error} onRetry={rules.retry} /> : null}
      {rules.loading ? <SkeletonLines lines={3} /> : null}
      {!rules.loading && !rules.error && rules.items.length === 0 ? (
        <EmptyState icon={IconScaleOutline} title={t('sending.rules.empty.title')} actions={create}>
          {t('sending.rules.empty.detail')}
        </EmptyState>
      ) : null}
      <ul className={classes.rules}>
        {rules.items.map((rule) => (
          <Rule key={rule.id} rule={rule} mayWrite={mayWrite} onEdit={() => setEditing(rule)} />
        ))}
      </ul>
      {editing ? (
        <RuleForm rule={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      ) : null}
    </Panel>
  );
}

interface RuleProps {
  rule: FrequencyRule;
  mayWrite: boolean;
  onEdit: () => void;
}

function Rule({ rule, mayWrite, onEdit }: RuleProps) {
  const t = useText();
  const { items: categories } = useList<Category>('/categories', { query: { archived: 'true' } });
  const wordsOf = useRuleWords((key) => categories.find((each) => each.key === key)?.name ?? key);
  const { limit, after } = wordsOf(draftOf(rule));
  return (
    <li className={classes.rule}>
      <p className={classes.sentence} dir="auto">
        <span className={rule.enabled ? '' : classes.off}>{limit}</span>
        <span className={classes.then}>{after}</span>
      </p>
      {rule.enabled ? null : (
        <StatusBadge tone="neutral" variant="soft">
          {t('sending.rules.off')}
        </StatusBadge>
      )}
      {mayWrite ? <RuleActions rule={rule} limit={limit} onEdit={onEdit} /> : null}
    </li>
  );
}

function RuleActions({ rule, limit, onEdit }: Omit<RuleProps, 'mayWrite'> & { limit: string }) {
  const t = useText();
  const [deleting, setDeleting] = useState(false);
  const showProblem = useShowProblem();
  const path = `/frequency-rules/${rule.id}`;
  const turn = useChange(
    (api) => api.patch(path, { enabled: !rule.enabled }),
    ['/frequency-rules'],
  );
  const remove = useChange((api) => api.delete(path), ['/frequency-rules']);
  const subtle = { variant: 'subtle', color: 'gray', size: 'compact-xs' } as const;
  return (
    <div className={classes.actions}>
      <Button {...subtle} onClick={onEdit}>
        {t('sending.rules.edit')}
      </Button>
      <Button
        {...subtle}
        loading={turn.isPending}
        onClick={() => turn.mutate(undefined, { onError: showProblem })}
      >
        {t(rule.enabled ? 'sending.rules.turnOff' : 'sending.rules.turnOn')}
      </Button>
      <Button {...subtle} color="red" onClick={() => setDeleting(true)}>
        {t('sending.rules.delete')}
      </Button>
      {deleting ? (
        <FormDialog
          title={t('sending.rules.delete.title')}
          action={t('sending.rules.delete')}
          isFinal
          pending={remove.isPending}
          problem={problemOfForm(remove.error, t)}
          onSubmit={() =>
            remove.mutate(undefined, {
              onSuccess: () => notifications.show({ message: t('sending.rules.deleted') }),
            })
          }
          onClose={() => setDeleting(false)}
        >
          <p className={classes.words}>{limit}</p>
        </FormDialog>
      ) : null}
    </div>
  );
}
