import type { AuditEntry } from '@perennial/contracts';
import { Copyable, Fact, Facts, Inspector, JsonView, Time } from '@perennial/ui';
import { useText } from '../../../app/text.tsx';
import { AuditObject } from './AuditObject.tsx';
import { actionWords } from './audit-words.ts';
import classes from '../Settings.module.css';

interface AuditInspectorProps {
  entry: AuditEntry;
  onClose: () => void;
}

/** One change with what was before and after. */
export function AuditInspector({ entry, onClose }: AuditInspectorProps) {
  const t = useText();
  return (
    <Inspector title={actionWords(t, entry.action)} detail={entry.action} onClose={onClose}>
      <Facts>
        <Fact label={t('settings.audit.column.at')}>
          <Time at={entry.at} style="exact" />
        </Fact>
        <Fact label={t('settings.audit.column.actor')}>
          {entry.actor.name || t(`settings.audit.actor.${entry.actor.kind}`)}
        </Fact>
        <Fact label={t('settings.audit.column.object')}>
          <AuditObject entry={entry} />
        </Fact>
        <Fact label={t('settings.audit.column.ip')}>{entry.ip}</Fact>
        <Fact label={t('settings.audit.request')}>
          {entry.request_id ? <Copyable value={entry.request_id} mono /> : null}
        </Fact>
      </Facts>
      {entry.before === null ? null : (
        <>
          <h3 className={classes.section}>{t('settings.audit.before')}</h3>
          <JsonView value={entry.before} open={3} />
        </>
      )}
      {entry.after === null ? null : (
        <>
          <h3 className={classes.section}>{t('settings.audit.after')}</h3>
          <JsonView value={entry.after} open={3} />
        </>
      )}
    </Inspector>
  );
}
