import { Button, Group } from '@mantine/core';
import type { MembersChanged } from '@perennial/contracts';
import { CopyButton } from '@perennial/ui';
import { IconCheck, IconUserQuestion } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import { referenceText } from './parse-pasted.ts';
import classes from './Segments.module.css';

/** What became of the contacts that were to be added, and whom nobody knows. */
export function AddReport({ report, onClose }: { report: MembersChanged; onClose: () => void }) {
  const t = useText();
  const missing = report.not_found.map(referenceText);
  return (
    <div>
      <p className={classes.result}>
        <IconCheck size={20} aria-hidden />
        {t('segments.report.added', { count: report.added })}
      </p>
      {report.unchanged > 0 ? (
        <p className={classes.muted}>
          {t('segments.report.unchanged', { count: report.unchanged })}
        </p>
      ) : null}
      {missing.length > 0 ? (
        <>
          <p className={classes.result}>
            <IconUserQuestion size={20} aria-hidden />
            {t('segments.report.notFound', { count: missing.length })}
            <CopyButton value={missing.join('\n')} />
          </p>
          <p className={classes.muted}>{t('segments.report.notFoundHint')}</p>
          <pre className={classes.missing} dir="auto" tabIndex={0}>
            {missing.join('\n')}
          </pre>
        </>
      ) : null}
      <Group justify="flex-end" mt="lg">
        <Button data-autofocus onClick={onClose}>
          {t('segments.report.done')}
        </Button>
      </Group>
    </div>
  );
}
