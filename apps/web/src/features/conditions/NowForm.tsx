import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { isJsonObject, type Json, type JsonObject } from '@perennial/conditions';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import { DayChips } from './DayChips.tsx';
import type { ConditionFormProps } from './form-props.ts';
import { plainText } from './plain-text.ts';
import { NOW_STARTS } from './run-offers.ts';
import { ZonePick } from './ZonePick.tsx';
import classes from './Conditions.module.css';

const PARTS = ['weekdays', 'time', 'dates'] as const;

/** What time it is: days of the week, a time of day, dates; all that is asked for must hold. */
export function NowForm({ condition, onChange }: ConditionFormProps) {
  const t = useText();
  const put = (part: string, value: Json | undefined) => {
    const { [part]: _, ...rest } = condition;
    onChange(value === undefined ? rest : { ...rest, [part]: value });
  };
  const asked = PARTS.filter((part) => condition[part] !== undefined);
  return (
    <>
      {asked.map((part) => (
        <div key={part} className={classes.leaf}>
          <div className={classes.line}>
            <Part part={part} value={condition[part]} onChange={(value) => put(part, value)} />
          </div>
          {asked.length > 1 ? (
            <Tooltip label={t('conditions.now.remove')}>
              <ActionIcon
                size={24}
                aria-label={t('conditions.now.remove')}
                onClick={() => put(part, undefined)}
              >
                <IconX size={14} />
              </ActionIcon>
            </Tooltip>
          ) : null}
        </div>
      ))}
      <div className={classes.line}>
        <ZonePick zone={condition['zone']} onChange={(zone) => put('zone', zone)} />
        {PARTS.filter((part) => condition[part] === undefined).map((part) => (
          <Button
            key={part}
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={12} />}
            onClick={() => put(part, NOW_STARTS[part])}
          >
            {t(`conditions.now.add.${part}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

interface PartProps {
  part: (typeof PARTS)[number];
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

function Part({ part, value, onChange }: PartProps) {
  const t = useText();
  if (part === 'weekdays') {
    return <DayChips label={t('conditions.now.weekdays')} value={value} onChange={onChange} />;
  }
  const kind = part === 'time' ? 'time' : 'date';
  return <FromTo kind={kind} value={isJsonObject(value) ? value : {}} onChange={onChange} />;
}

interface FromToProps {
  kind: 'time' | 'date';
  value: JsonObject;
  onChange: (value: JsonObject) => void;
}

/** From, and before which it ends; of dates one of them may be left open. */
function FromTo({ kind, value, onChange }: FromToProps) {
  const t = useText();
  const put = (end: 'from' | 'to', text: string) => {
    const { [end]: _, ...rest } = value;
    onChange(text === '' ? rest : { ...rest, [end]: text });
  };
  const input = (end: 'from' | 'to', label: string) => (
    <TextInput
      size="xs"
      type={kind}
      aria-label={label}
      value={plainText(value[end])}
      onChange={(event) => put(end, event.currentTarget.value)}
    />
  );
  return (
    <>
      <span className={classes.word}>
        {t(kind === 'time' ? 'conditions.now.time' : 'conditions.now.dates')}
      </span>
      {input('from', t('conditions.from'))}
      <span className={classes.word}>
        {t(kind === 'time' ? 'conditions.and' : 'conditions.now.until')}
      </span>
      {input('to', t('conditions.to'))}
    </>
  );
}
