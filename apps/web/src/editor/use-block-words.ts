import { blockTexts, findBlock, type Names } from '@perennial/blocks';
import { englishMessages, sentence, type Node } from '@perennial/conditions';
import { useMemo } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import { useText, type Say } from '../app/text.tsx';
import type { GraphBlock } from './graph.ts';
import { whereNode } from './where-node.ts';

export interface BlockWords {
  /** Name of the kind of block. */
  labelOf: (type: string) => string;
  /** What a block does with its settings, in one line. */
  sentenceOf: (block: Pick<GraphBlock, 'type' | 'settings'>) => string;
  /** When the workflow starts. */
  startOf: (start: Record<string, unknown>) => string;
  /** What ends a run from outside. */
  stopOf: (stop: Record<string, unknown>) => string;
}

const conditionTexts = englishMessages();

/** Says blocks in words; the two names know the workspace's messages and segments. */
export function useBlockWords(
  messageName: (id: string) => string,
  segmentName: (id: string) => string,
  poolName: (id: string) => string = (id) => id,
): BlockWords {
  const intl = useIntl();
  const t = useText();
  const names = useMemo(
    () => ({
      ...namesOf(intl, messageName, segmentName),
      pool: (id: string) => `“${poolName(id)}”`,
    }),
    [intl, messageName, segmentName, poolName],
  );
  return useMemo(
    () => ({
      sentenceOf: sayingOnce((block) => sentenceWords(block, names, intl, t)),
      labelOf: (type) => labelOf(intl, type),
      startOf: (start) => startWords(start, names, segmentName, t),
      stopOf: (stop) => stopWords(stop, names, segmentName, t),
    }),
    [intl, names, segmentName, t],
  );
}

type SentenceOf = BlockWords['sentenceOf'];

/** Of hundreds of blocks an edit changes one: the settings of the others need not be read again. */
function sayingOnce(sentenceOf: SentenceOf): SentenceOf {
  const said = new WeakMap<object, string>();
  return (block) => {
    const words = said.get(block.settings) ?? sentenceOf(block);
    said.set(block.settings, words);
    return words;
  };
}

function sentenceWords(
  block: Pick<GraphBlock, 'type' | 'settings'>,
  names: Names,
  intl: IntlShape,
  t: Say,
): string {
  const kind = findBlock(block.type);
  const settings = kind?.settings.safeParse(block.settings);
  if (!kind || !settings?.success) return t('workflows.block.incomplete');
  const { id, values } = kind.sentence(settings.data, names);
  return intl.formatMessage({ id, defaultMessage: blockTexts[id] ?? id }, { ...values });
}

function labelOf(intl: IntlShape, type: string): string {
  const id = `block.${type}.label`;
  return intl.formatMessage({ id, defaultMessage: blockTexts[id] ?? type });
}

function namesOf(
  intl: IntlShape,
  messageName: (id: string) => string,
  segmentName: (id: string) => string,
): Omit<Names, 'pool'> {
  return {
    message: (id) => `“${messageName(id)}”`,
    field: fieldName,
    segment: (id) => `“${segmentName(id)}”`,
    weekdays: (days) => intl.formatList(days.map((day) => weekday(intl, day))),
    condition: (node) => conditionWords(intl, node, segmentName),
  };
}

/** Custom fields are called by their key alone. */
function fieldName(key: string): string {
  return key.replace(/^custom\./, '');
}

/** ISO weekday by name; 4 January 2021 was a Monday. */
function weekday(intl: IntlShape, day: number): string {
  return intl.formatDate(Date.UTC(2021, 0, 3 + day), { weekday: 'long', timeZone: 'UTC' });
}

/** A draft's condition may be anything; what cannot be said is shown as it is written. */
function conditionWords(
  intl: IntlShape,
  node: unknown,
  segmentName: (id: string) => string,
): string {
  try {
    return sentence(node as Node, {
      names: { field: fieldName, segment: (id) => `“${segmentName(id)}”` },
      format: (key, values) =>
        intl.formatMessage({ id: key, defaultMessage: conditionTexts[key] ?? key }, { ...values }),
    });
  } catch {
    return JSON.stringify(node);
  }
}

function startWords(
  start: Record<string, unknown>,
  names: Names,
  segmentName: (id: string) => string,
  t: Say,
): string {
  const segment = segmentName(String(start.segment));
  if (start.type === 'manual') return t('workflows.start.manual');
  if (start.type === 'field_change' && typeof start.field === 'string') {
    return t('workflows.start.fieldChange', { field: names.field(start.field) });
  }
  if (start.type === 'date' && typeof start.field === 'string') {
    return t('workflows.start.date', dateValues(start, names));
  }
  if (start.type === 'segment' && start.mode === 'regular' && start.segment !== undefined) {
    const { every = '' } = { ...(start.schedule as { every?: string } | undefined) };
    return t('workflows.start.regular', { every, segment });
  }
  if (start.type === 'segment' && start.segment !== undefined) {
    const id = start.existing === true ? 'segmentExisting' : 'segment';
    return t(`workflows.start.${id}`, { segment });
  }
  if (start.type === 'event_segment' && start.segment !== undefined) {
    const event = typeof start.event === 'string' ? start.event : '';
    if (!start.where) return t('workflows.start.eventSegment', { event, segment });
    const condition = names.condition(whereNode(start.where));
    return t('workflows.start.eventSegmentWhere', { event, condition, segment });
  }
  if (start.type !== 'event') return t('workflows.start.none');
  return eventWords(start, start.unique === 'once' ? 'startOnce' : 'start', names, t);
}

function dateValues(start: Record<string, unknown>, names: Names) {
  const { n = 0, unit = 'day' } = {
    ...(start.offset as { n?: number; unit?: string } | undefined),
  };
  return {
    n: Math.abs(n),
    unit,
    side: n === 0 ? 'on' : n < 0 ? 'before' : 'after',
    field: names.field(String(start.field)),
    yearly: start.anniversary === true ? 'yes' : 'no',
  };
}

function stopWords(
  stop: Record<string, unknown>,
  names: Names,
  segmentName: (id: string) => string,
  t: Say,
): string {
  if (stop.type === 'order') {
    if (!stop.where) return t('workflows.stop.order');
    const condition = names.condition(whereNode(stop.where));
    return t('workflows.stop.orderWhere', { condition });
  }
  if (stop.type !== 'segment') return eventWords(stop, 'stop', names, t);
  return t('workflows.stop.segment', { segment: segmentName(String(stop.segment)) });
}

/** An event and what its parameters must be, as a sentence of a kind. */
function eventWords(
  rule: Record<string, unknown>,
  kind: 'start' | 'startOnce' | 'stop',
  names: Names,
  t: Say,
): string {
  const event = typeof rule.event === 'string' ? rule.event : '';
  if (!rule.where) return t(`workflows.${kind}.event`, { event });
  const condition = names.condition(whereNode(rule.where));
  return t(`workflows.${kind}.eventWhere`, { event, condition });
}
