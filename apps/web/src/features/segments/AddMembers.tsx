import { Alert, Modal, Tabs } from '@mantine/core';
import type { MemberReference, MembersChanged, SegmentDetail } from '@perennial/contracts';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { AddReport } from './AddReport.tsx';
import { changeMembers } from './change-members.ts';
import { ChooseContacts } from './ChooseContacts.tsx';
import { PasteContacts } from './PasteContacts.tsx';

/** Adds contacts to a list, found one by one or pasted by the thousand, and tells what became of them. */
export function AddMembers({ segment, onClose }: { segment: SegmentDetail; onClose: () => void }) {
  const t = useText();
  const [report, setReport] = useState<MembersChanged>();
  const [done, setDone] = useState(0);
  const add = useChange(
    (api, references: readonly MemberReference[]) =>
      changeMembers(api, segment.id, { add: references }, setDone),
    ['/segments', '/contacts'],
  );
  const submit = (references: readonly MemberReference[]) => {
    setDone(0);
    add.mutate(references, { onSuccess: setReport });
  };
  const progress = add.isPending ? done : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('segments.add.title', { name: segment.name })}
      size={560}
    >
      {report ? (
        <AddReport report={report} onClose={onClose} />
      ) : (
        <Tabs defaultValue="search" keepMounted>
          <Tabs.List mb="md">
            <Tabs.Tab value="search">{t('segments.add.search')}</Tabs.Tab>
            <Tabs.Tab value="paste">{t('segments.add.paste')}</Tabs.Tab>
          </Tabs.List>
          {add.error ? (
            <Alert color="red" variant="light" mb="md">
              {problemWords(add.error, t).detail}
            </Alert>
          ) : null}
          <Tabs.Panel value="search">
            <ChooseContacts progress={progress} onAdd={submit} onCancel={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="paste">
            <PasteContacts progress={progress} onAdd={submit} onCancel={onClose} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Modal>
  );
}
