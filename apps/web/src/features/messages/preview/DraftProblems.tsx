import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import type { MessageContent } from '../message.ts';
import { ProblemsAlert } from './ProblemsAlert.tsx';
import { usePlaceName } from './use-place-name.ts';
import type { DraftProblem } from './use-preview.ts';
import classes from './PreviewPane.module.css';

interface DraftProblemsProps {
  channel: string;
  problems: readonly DraftProblem[];
  shown: MessageContent | null;
  title?: string;
}

/** What is wrong with a draft, beside how it looks. What is not filled in yet says its own field. */
export function DraftProblems({ channel, problems, shown, title }: DraftProblemsProps) {
  const t = useText();
  const mistakes = problems.filter(({ unfilled }) => !unfilled);
  const { formatList } = useIntl();
  const name = usePlaceName(channel);
  if (mistakes.length === 0 && problems.length > 0 && !shown) {
    const places = formatList(new Set(problems.flatMap((problem) => name(problem) ?? [])));
    return <p className={classes.unfilled}>{t('messages.preview.unfilled', { places })}</p>;
  }
  return (
    <ProblemsAlert
      title={title}
      problems={mistakes.map((problem) => ({ ...problem, place: name(problem) }))}
    />
  );
}
