import { Button, Select } from '@mantine/core';
import { Fact, Facts, Time } from '@perennial/ui';
import { useMemo } from 'react';
import { Rich, useText } from '../../../app/text.tsx';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { eventTypesWith, trialText, valueAt } from './trial.ts';
import { TrialText } from './TrialText.tsx';
import type { Trial } from './use-trial.ts';
import classes from './Editor.module.css';

interface TrialPickProps {
  trial: Trial;
  vocabulary: Vocabulary;
}

/** With which event a rule is tried that takes values from one, and what that event has. */
export function TrialPick({ trial, vocabulary }: TrialPickProps) {
  const t = useText();
  const { paths, type, setType, event, isEmpty, text, setText, content } = trial;
  const options = useMemo(() => optionsOf(vocabulary, paths, t), [vocabulary, paths, t]);
  return (
    <section className={classes.trial}>
      <p className={classes.sideHint}>{t('segments.editor.trial')}</p>
      <Select
        size="xs"
        label={t('segments.editor.trial.type')}
        placeholder={t('conditions.choose')}
        data={options}
        searchable
        allowDeselect={false}
        value={type ?? null}
        onChange={(next) => next !== null && setType(next)}
      />
      {isEmpty && text === undefined ? (
        <p className={classes.sideHint}>{t('segments.editor.trial.none')}</p>
      ) : null}
      {text === undefined ? null : <TrialText text={text} onChange={setText} />}
      {event && text === undefined ? (
        <p className={classes.sampleTitle}>
          <Rich
            id="segments.editor.trial.last"
            values={{ at: <Time key="at" at={event.occurred_at} /> }}
          />
        </p>
      ) : null}
      {content ? (
        <Facts>
          {paths.map((path) => (
            <Fact key={path} label={path}>
              <Value value={valueAt(path, { ...content, params: content.params ?? {} })} />
            </Fact>
          ))}
        </Facts>
      ) : null}
      {content || isEmpty || text !== undefined ? (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => setText(text === undefined ? trialText(content ?? {}) : undefined)}
        >
          {t(text === undefined ? 'segments.editor.trial.write' : 'segments.editor.trial.back')}
        </Button>
      ) : null}
    </section>
  );
}

function optionsOf(
  vocabulary: Vocabulary,
  paths: readonly string[],
  t: ReturnType<typeof useText>,
) {
  const fitting = eventTypesWith(vocabulary, paths);
  const others = vocabulary.events.filter((event) => !fitting.includes(event));
  const group = (label: string, events: readonly { value: string; label: string }[]) =>
    events.length === 0
      ? []
      : [{ group: label, items: events.map((each) => ({ value: each.value, label: each.label })) }];
  return [
    ...group(t('segments.editor.trial.fitting'), fitting),
    ...group(t('segments.editor.trial.others'), others),
  ];
}

function Value({ value }: { value: ReturnType<typeof valueAt> }) {
  const t = useText();
  if (value === undefined || value === null) {
    return <span className={classes.trialMissing}>{t('segments.editor.trial.missing')}</span>;
  }
  return (
    <span dir="auto">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>
  );
}
