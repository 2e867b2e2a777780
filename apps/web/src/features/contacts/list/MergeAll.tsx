import { Button, Group, Modal, Radio } from '@mantine/core';
import { DUPLICATE_RULES, type DuplicateMerge, type Job } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../../app/data.ts';
import { useShowProblem } from '../../../app/show-problem.ts';
import { useText } from '../../../app/text.tsx';
import { useTray } from '../../jobs/tray.ts';
import classes from './ContactList.module.css';

/** Merges every group by a rule, as long work. */
export function MergeAll({ by, onClose }: { by: DuplicateMerge['by']; onClose: () => void }) {
  const t = useText();
  const tray = useTray();
  const showProblem = useShowProblem();
  const [keep, setKeep] = useState<DuplicateMerge['keep']>('external_id');
  const begin = useChange(
    (api, body: DuplicateMerge) => api.post<Job>('/contact_duplicates/merge', body),
    ['/jobs'],
  );
  return (
    <Modal opened onClose={onClose} title={t('contacts.duplicates.mergeAll')} size={480}>
      <div className={classes.dialog}>
        <Radio.Group
          label={t('contacts.duplicates.who')}
          value={keep}
          onChange={(value) => setKeep(value)}
        >
          <div className={classes.form}>
            {DUPLICATE_RULES.map((rule) => (
              <Radio key={rule} value={rule} label={t(`contacts.duplicates.keep.${rule}`)} mt={8} />
            ))}
          </div>
        </Radio.Group>
        <p className={classes.hint}>{t('contacts.duplicates.ruleHint')}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            loading={begin.isPending}
            onClick={() =>
              begin.mutate(
                { by, keep },
                {
                  onError: showProblem,
                  onSuccess: ({ id }) => {
                    tray.follow(id);
                    onClose();
                  },
                },
              )
            }
          >
            {t('contacts.duplicates.mergeGo')}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
