import { ActionIcon, Button, Tooltip } from '@mantine/core';
import type { JsonObject } from '@perennial/conditions';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../app/text.tsx';
import type { ConditionFormProps } from './form-props.ts';
import { subjectsOf } from './members.ts';
import { NotToggle } from './NotToggle.tsx';
import { PathPick } from './PathPick.tsx';
import { startPredicate } from './predicate.ts';
import { PredicateFields } from './PredicateFields.tsx';
import { readWhere, withWhere, type WhereGroup, type WherePart } from './where.ts';
import { MatchPick } from './MatchPick.tsx';
import classes from './Conditions.module.css';

/** Which of what was done counts: comparisons of its parameters, in groups where needed. */
export function WhereFields(props: ConditionFormProps) {
  const { condition, onChange } = props;
  const group = readWhere(condition['where']);
  return (
    <Group
      {...props}
      group={group}
      depth={0}
      onGroup={(next) => onChange(withWhere(condition, next))}
    />
  );
}

interface GroupProps extends ConditionFormProps {
  group: WhereGroup;
  depth: number;
  onGroup: (group: WhereGroup) => void;
  onRemove?: () => void;
}

/** Deeper groups can be read; the language goes on, people do not. */
const DEEPEST = 4;

function Group({ group, depth, onGroup, onRemove, ...props }: GroupProps) {
  const t = useText();
  const { parts } = group;
  // What was added just now is filled in next.
  const [added, setAdded] = useState<number>();
  const put = (index: number, part: WherePart) =>
    onGroup({ ...group, parts: parts.with(index, part) });
  const remove = (index: number) => onGroup({ ...group, parts: parts.toSpliced(index, 1) });
  const add = (part: WherePart) => onGroup({ ...group, parts: [...parts, part] });
  const hasHead = depth > 0 || parts.length > 1 || group.negated || group.match === 'any';
  return (
    <div className={depth > 0 ? classes.group : classes.where}>
      {hasHead ? (
        <div className={classes.groupHead}>
          <span className={classes.word}>{t('conditions.where')}</span>
          <NotToggle on={group.negated} onChange={(negated) => onGroup({ ...group, negated })} />
          <MatchPick value={group.match} onChange={(match) => onGroup({ ...group, match })} />
          {onRemove ? (
            <Remove label={t('conditions.where.removeGroup')} onClick={onRemove} />
          ) : null}
        </div>
      ) : null}
      {parts.map((part, index) =>
        part.kind === 'leaf' ? (
          // oxlint-disable-next-line react/no-array-index-key -- rows have no names, and equal ones may stand twice
          <div key={index} className={classes.leaf}>
            <div className={classes.line}>
              {hasHead ? null : <span className={classes.word}>{t('conditions.where')}</span>}
              <Leaf
                {...props}
                part={part}
                autoFocus={index === added}
                onPart={(next) => put(index, next)}
              />
            </div>
            <Remove label={t('conditions.where.remove')} onClick={() => remove(index)} />
          </div>
        ) : (
          <Group
            // oxlint-disable-next-line react/no-array-index-key -- as above
            key={index}
            {...props}
            group={part.group}
            depth={depth + 1}
            onGroup={(next) => put(index, { kind: 'group', group: next })}
            onRemove={() => remove(index)}
          />
        ),
      )}
      <div className={classes.line}>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={12} />}
          onClick={() => {
            setAdded(parts.length);
            add({ kind: 'leaf', negated: false, leaf: {} });
          }}
        >
          {t(parts.length === 0 ? 'conditions.where.first' : 'conditions.where.add')}
        </Button>
        {depth < DEEPEST && parts.length > 0 ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={12} />}
            onClick={() => add(newGroup(group))}
          >
            {t('conditions.where.addGroup')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** In a group of all, one of any, and the other way round: else it would need none. */
function newGroup({ match }: WhereGroup): WherePart {
  const parts: WherePart[] = [{ kind: 'leaf', negated: false, leaf: {} }];
  return {
    kind: 'group',
    group: { match: match === 'all' ? 'any' : 'all', negated: false, parts },
  };
}

interface LeafProps extends ConditionFormProps {
  autoFocus: boolean;
  part: Extract<WherePart, { kind: 'leaf' }>;
  onPart: (part: WherePart) => void;
}

function Leaf(props: LeafProps) {
  const { part, autoFocus, onPart, condition, vocabulary, words, allowsEvent } = props;
  const t = useText();
  const { subjects, anyPath, of } = subjectsOf(condition, vocabulary, t);
  const param = typeof part.leaf['param'] === 'string' ? part.leaf['param'] : undefined;
  const change = (leaf: JsonObject) => onPart({ ...part, leaf });
  const choose = (path: string) => {
    const known = subjects.some(({ key }) => key === path);
    const isNew = part.leaf['op'] === undefined;
    change(
      known || isNew ? { param: path, ...startPredicate(of(path)) } : { ...part.leaf, param: path },
    );
  };
  return (
    <>
      {part.negated ? <NotToggle on onChange={() => onPart({ ...part, negated: false })} /> : null}
      <PathPick
        label={t('conditions.param')}
        subjects={subjects}
        anyPath={anyPath}
        value={param}
        autoFocus={autoFocus}
        onChange={choose}
      />
      {param === undefined ? null : (
        <PredicateFields
          subject={of(param)}
          predicate={part.leaf}
          onChange={change}
          vocabulary={vocabulary}
          words={words}
          allowsEvent={allowsEvent}
        />
      )}
    </>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={label} onClick={onClick}>
        <IconX size={14} />
      </ActionIcon>
    </Tooltip>
  );
}
