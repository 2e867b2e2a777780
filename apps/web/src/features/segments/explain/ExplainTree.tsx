import type { JsonObject } from '@perennial/conditions';
import type { ExplainedCondition } from '@perennial/contracts';
import { Time } from '@perennial/ui';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import { catalogue, type TextId } from '../../../app/catalogue.ts';
import { Rich, useText } from '../../../app/text.tsx';
import { boundsOf, kindOfNode, seenBy, type Seen } from './explained.ts';
import classes from './Explain.module.css';

interface ExplainTreeProps {
  tree: ExplainedCondition;
  /** A condition by the names of the workspace. */
  say: (rule: JsonObject) => string | undefined;
}

/** Conditions with ticks and what each of them saw. */
export function ExplainTree({ tree, say }: ExplainTreeProps) {
  const t = useText();
  if (kindOfNode(tree.node) !== 'definition') {
    return (
      <ul className={classes.tree}>
        <Node node={tree} say={say} />
      </ul>
    );
  }
  const [include, exclude] = tree.children;
  return (
    <>
      {include ? <Side title={t('segments.editor.include')} node={include} say={say} /> : null}
      {exclude ? <Side title={t('segments.editor.exclude')} node={exclude} say={say} /> : null}
    </>
  );
}

interface NodeProps {
  node: ExplainedCondition;
  say: ExplainTreeProps['say'];
}

function Side({ title, ...rest }: NodeProps & { title: string }) {
  return (
    <section>
      <h3 className={classes.side}>{title}</h3>
      <ul className={classes.tree}>
        <Node {...rest} />
      </ul>
    </section>
  );
}

function Node({ node, say }: NodeProps) {
  const t = useText();
  const kind = kindOfNode(node.node);
  const isLeaf = kind === 'condition';
  return (
    <li className={classes.node} data-result={node.result}>
      <div className={classes.head}>
        {node.result ? (
          <IconCheck size={16} className={classes.yes} aria-label={t('segments.explain.holds')} />
        ) : (
          <IconX size={16} className={classes.no} aria-label={t('segments.explain.holdsNot')} />
        )}
        <span className={isLeaf ? classes.sentence : classes.join} dir="auto">
          {isLeaf
            ? (say(node.node as JsonObject) ?? node.sentence)
            : t(`segments.explain.join.${kind === 'definition' ? 'all' : kind}`)}
        </span>
      </div>
      {isLeaf ? <Values node={node} /> : null}
      {node.children.length > 0 ? (
        <ul className={classes.tree}>
          {node.children.map((child, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- parts of a rule have no names
            <Node key={index} node={child} say={say} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function Values({ node }: { node: ExplainedCondition }) {
  const seen = seenBy(node);
  const bounds = boundsOf(node);
  const hasBounds = bounds && (bounds.from !== null || bounds.to !== null);
  if (seen.length === 0 && !hasBounds) return null;
  return (
    <p className={classes.values}>
      {seen.map((each) => (
        <Value key={each.key} seen={each} />
      ))}
      {hasBounds ? (
        <span className={classes.bounds}>
          <Rich
            id={
              bounds.from === null
                ? 'segments.explain.until'
                : bounds.to === null
                  ? 'segments.explain.from'
                  : 'segments.explain.between'
            }
            values={{
              from: <Time key="from" at={bounds.from} style="exact" />,
              to: <Time key="to" at={bounds.to} style="exact" />,
            }}
          />
        </span>
      ) : null}
    </p>
  );
}

function Value({ seen: { key, value, isInstant } }: { seen: Seen }) {
  const t = useText();
  const words = useValueWords();
  const id = `segments.explain.value.${key}`;
  return (
    <span className={classes.value}>
      <span className={classes.valueName}>
        {Object.hasOwn(catalogue, id) ? t(id as TextId) : key}
      </span>
      <span dir="auto">
        {isInstant ? <Time at={value as string} style="exact" /> : words(value)}
      </span>
    </span>
  );
}

function useValueWords(): (value: unknown) => string {
  const intl = useIntl();
  const t = useText();
  const words = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('segments.explain.nothing');
    if (Array.isArray(value))
      return value.length === 0 ? t('segments.explain.nothing') : value.map(words).join(', ');
    if (typeof value === 'number') return intl.formatNumber(value, { maximumFractionDigits: 6 });
    if (typeof value === 'boolean') return t(value ? 'ui.yes' : 'ui.no');
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  return words;
}
