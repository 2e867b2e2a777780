import { Anchor } from '@mantine/core';
import type { MessageUse, MessageUses } from '@perennial/contracts';
import { Fact, Facts, Panel, SkeletonLines, StatusBadge, Time, type Tone } from '@perennial/ui';
import { FormattedNumber } from 'react-intl';
import { Link } from 'react-router';
import type { TextId } from '../../../app/catalogue.ts';
import { catalogue } from '../../../app/catalogue.ts';
import { useRead } from '../../../app/data.ts';
import { Problem } from '../../../app/Problem.tsx';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import classes from './Versions.module.css';

const tones: Record<string, Tone> = { active: 'success', running: 'success', scheduled: 'info' };

/** What sends a message, and how often it was sent lately. */
export function MessageUsesPanel({ id }: { id: string }) {
  const t = useText();
  const uses = useRead<MessageUses>(`/messages/${id}/uses`);
  return (
    <Panel title={t('versions.uses')}>
      {uses.error ? (
        <Problem error={uses.error} onRetry={() => void uses.refetch()} />
      ) : uses.data ? (
        <>
          {uses.data.uses.length === 0 ? (
            <p className={classes.none}>{t('versions.unused')}</p>
          ) : (
            <ul className={classes.senders}>
              {uses.data.uses.map((use) => (
                <Sender key={`${use.kind} ${use.id}`} use={use} />
              ))}
            </ul>
          )}
          <Sent {...uses.data} />
        </>
      ) : (
        <SkeletonLines lines={4} />
      )}
    </Panel>
  );
}

function Sender({ use: { kind, id, name, state, blocks } }: { use: MessageUse }) {
  const t = useText();
  const to = useTo();
  const stateText = `versions.state.${state}`;
  return (
    <li className={classes.sender}>
      <span className={classes.senderHead}>
        <span className={classes.kind}>{t(`versions.use.${kind}`)}</span>
        <StatusBadge tone={tones[state] ?? 'neutral'}>
          {Object.hasOwn(catalogue, stateText) ? t(stateText as TextId) : state}
        </StatusBadge>
      </span>
      <Anchor component={Link} to={to(`${kind}s/${id}`)} inherit dir="auto">
        {name}
      </Anchor>
      {blocks.map((block) => (
        <span key={block.id} className={classes.block}>
          {t('versions.use.block', { block: block.id })}
        </span>
      ))}
    </li>
  );
}

function Sent({ sent, last_sent_at: last }: MessageUses) {
  const t = useText();
  return (
    <Facts>
      <Fact label={t('versions.sent')}>
        {sent.total === 0 ? (
          t('versions.sent.none')
        ) : (
          <>
            <FormattedNumber value={sent.total} />
            {sent.at_least ? '+' : ''}
            {sent.by_api > 0 ? ` · ${t('versions.sent.api', { n: sent.by_api })}` : ''}
          </>
        )}
      </Fact>
      <Fact label={t('versions.sent.last')}>{last ? <Time at={last} /> : t('library.never')}</Fact>
    </Facts>
  );
}
