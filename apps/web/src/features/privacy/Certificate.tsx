import { Button } from '@mantine/core';
import type { Erasure } from '@perennial/contracts';
import { Copyable, Fact, Facts, Inspector, SkeletonFacts, Time } from '@perennial/ui';
import { IconDownload } from '@tabler/icons-react';
import { FormattedNumber } from 'react-intl';
import { useRead } from '../../app/data.ts';
import { Problem } from '../../app/Problem.tsx';
import { saveFile } from '../../app/save-file.ts';
import { useText } from '../../app/text.tsx';
import classes from './Certificate.module.css';

/** What an erasure removed and what it left, to be kept. */
export function Certificate({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText();
  const erasure = useRead<Erasure>(`/erasures/${id}`, { every: 5000 });
  return (
    <Inspector title={t('privacy.certificate.title', { id })} onClose={onClose}>
      {erasure.error ? (
        <Problem error={erasure.error} onRetry={() => void erasure.refetch()} />
      ) : null}
      {erasure.isPending ? <SkeletonFacts rows={6} /> : null}
      {erasure.data ? <Contents erasure={erasure.data} /> : null}
    </Inspector>
  );
}

function Contents({ erasure }: { erasure: Erasure }) {
  const t = useText();
  const removed = Object.entries(erasure.removed).sort(([, a], [, b]) => b - a);
  const download = () => {
    const blob = new Blob([JSON.stringify(erasure, null, 2)], { type: 'application/json' });
    saveFile(blob, `erasure-${erasure.id}.json`);
  };
  return (
    <div className={classes.contents}>
      <Facts>
        <Fact label={t('privacy.certificate.contacts')}>
          <span className={classes.ids}>
            {erasure.contacts.map((contact) => (
              <Copyable key={contact} value={contact} mono />
            ))}
          </span>
        </Fact>
        <Fact label={t('privacy.erasures.by')}>{erasure.requested_by}</Fact>
        <Fact label={t('privacy.erasures.requested')}>
          <Time at={erasure.requested_at} style="full" />
        </Fact>
        <Fact label={t('privacy.erasures.erased')}>
          {erasure.erased_at ? (
            <Time at={erasure.erased_at} style="full" />
          ) : (
            t('privacy.erasures.waiting')
          )}
        </Fact>
      </Facts>
      {removed.length > 0 ? (
        <section>
          <h3 className={classes.title}>{t('privacy.certificate.removed')}</h3>
          <Facts>
            {removed.map(([table, rows]) => (
              <Fact key={table} label={table.replaceAll('_', ' ')}>
                <FormattedNumber value={rows} />
              </Fact>
            ))}
          </Facts>
        </section>
      ) : null}
      <section>
        <h3 className={classes.title}>{t('privacy.certificate.kept')}</h3>
        <ul className={classes.kept}>
          {erasure.kept.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className={classes.hint}>{t('privacy.certificate.backups')}</p>
      </section>
      <Button variant="default" leftSection={<IconDownload size={16} />} onClick={download}>
        {t('privacy.certificate.download')}
      </Button>
    </div>
  );
}
