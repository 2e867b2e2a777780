import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import type { Json, JsonObject } from '@perennial/conditions';
import { IconCheck, IconDots } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import { usualPath } from './event-paths.ts';
import { FromEventSwitch } from './FromEvent.tsx';
import { PeriodFields } from './PeriodFields.tsx';
import {
  firstOperator,
  inputOf,
  isOperator,
  isReference,
  kindOf,
  operatorsOf,
  withKind,
  withOperator,
  type Input,
} from './predicate.ts';
import { Pick } from './small-inputs.tsx';
import type { Subject, ValueKind } from './subject.ts';
import type { ConditionWords } from './use-condition-words.ts';
import { ValueFields } from './ValueFields.tsx';
import type { Vocabulary } from './vocabulary.ts';
import { ZonePick } from './ZonePick.tsx';
import classes from './Conditions.module.css';

interface PredicateFieldsProps {
  subject: Subject;
  /** A condition on a field, or a leaf of a filter. */
  predicate: JsonObject;
  onChange: (predicate: JsonObject) => void;
  vocabulary: Vocabulary;
  words: ConditionWords;
  allowsEvent: boolean;
}

/** How something is compared, and with what. */
export function PredicateFields(props: PredicateFieldsProps) {
  const { subject, predicate, onChange, vocabulary, words } = props;
  const t = useText();
  const kind = kindOf(subject, predicate);
  const op = isOperator(predicate['op']) ? predicate['op'] : firstOperator(subject);
  const input = inputOf(op);
  const put = (member: string, value: Json | undefined) => {
    const { [member]: _, ...rest } = predicate;
    onChange(value === undefined ? rest : { ...rest, [member]: value });
  };
  return (
    <>
      <Pick
        label={t('conditions.operator')}
        options={operatorsOf(kind).map((each) => ({ value: each, label: words.operator(each) }))}
        value={op}
        onChange={(next) => onChange(withOperator(predicate, next as typeof op, kind))}
      />
      <span className={classes.value} data-together={togetherAs(props, input, kind)}>
        {input === 'period' ? (
          <PeriodFields
            use="dates"
            period={(predicate['period'] ?? { kind: 'today' }) as JsonObject}
            onChange={(period) => put('period', period)}
          />
        ) : (
          <ValueFields
            subject={subject}
            op={op}
            kind={kind}
            value={predicate['value']}
            onChange={(value) => put('value', value)}
            vocabulary={vocabulary}
          />
        )}
        {kind === 'moment' && input !== 'none' && input !== 'period' ? (
          <ZonePick zone={predicate['zone']} onChange={(zone) => put('zone', zone)} />
        ) : null}
        <span className={classes.valueActs}>
          <FromEvent {...props} input={input} put={put} />
          <More {...props} kind={kind} put={put} />
        </span>
      </span>
    </>
  );
}

/** One value stands in one line with what is done to it; a text gives way for that. */
function togetherAs(
  { subject, predicate }: PredicateFieldsProps,
  input: Input,
  kind: ValueKind,
): 'text' | 'other' | undefined {
  if (input !== 'one') return undefined;
  const isTyped = kind === 'text' && !subject.choices && !isReference(predicate['value']);
  return isTyped ? 'text' : 'other';
}

interface FromEventProps extends PredicateFieldsProps {
  input: Input;
  put: (member: string, value: Json | undefined) => void;
}

/** Also where no event is allowed it can be taken back. */
function FromEvent({ subject, predicate, allowsEvent, input, put }: FromEventProps) {
  const isOn = isReference(predicate['value']);
  const takesValue = input === 'one' || input === 'many';
  if (!isOn && !(allowsEvent && takesValue)) return null;
  const usual = usualPath(subject.key);
  return (
    <FromEventSwitch
      on={isOn}
      onChange={(on) => put('value', on ? { $event: usual } : undefined)}
    />
  );
}

const KINDS: readonly ValueKind[] = ['text', 'number', 'boolean', 'moment', 'list'];

interface MoreProps extends PredicateFieldsProps {
  kind: ValueKind;
  put: (member: string, value: Json | undefined) => void;
}

/** What is rarely wanted: the case of letters, another kind of value. */
function More({ subject, predicate, onChange, kind, put }: MoreProps) {
  const t = useText();
  const { value, ignore_case: ignoresCase } = predicate;
  const op = isOperator(predicate['op']) ? predicate['op'] : firstOperator(subject);
  const input = inputOf(op);
  const takesValue = input === 'one' || input === 'many';
  const comparesText = takesValue && (kind === 'text' || kind === 'list') && !isReference(value);
  if (!comparesText && !subject.anyKind) return null;
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label={t('conditions.more')}>
          <ActionIcon size={24} aria-label={t('conditions.more')}>
            <IconDots size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {comparesText ? (
          <Menu.Item
            leftSection={<Tick on={ignoresCase === true} />}
            onClick={() => put('ignore_case', ignoresCase === true ? undefined : true)}
          >
            {t('conditions.ignoreCase')}
          </Menu.Item>
        ) : null}
        {subject.anyKind ? (
          <>
            <Menu.Label>{t('conditions.kind')}</Menu.Label>
            {KINDS.map((each) => (
              <Menu.Item
                key={each}
                leftSection={<Tick on={each === kind} />}
                onClick={() => onChange(withKind(predicate, each))}
              >
                {t(`conditions.kind.${each as 'text' | 'number' | 'boolean' | 'moment' | 'list'}`)}
              </Menu.Item>
            ))}
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

function Tick({ on }: { on: boolean }) {
  return <IconCheck size={14} visibility={on ? 'visible' : 'hidden'} />;
}
