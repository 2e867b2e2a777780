import type { SubjectCount } from '@perennial/contracts';
import { useText } from '../../../app/text.tsx';
import { useMessageNames } from '../use-message-names.ts';
import { SubjectsPanel } from './SubjectsPanel.tsx';

/** A panel for each message of a campaign that has several subjects. */
export function SubjectsPanels({ subjects }: { subjects: readonly SubjectCount[] }) {
  const t = useText();
  const names = useMessageNames();
  const messages = [...Map.groupBy(subjects, ({ message }) => message)];
  return messages.map(([message, own]) => (
    <SubjectsPanel
      key={message}
      title={
        messages.length > 1
          ? t('subjects.panel.of', { name: names.nameOf(message) })
          : t('subjects.panel')
      }
      subjects={own}
    />
  ));
}
