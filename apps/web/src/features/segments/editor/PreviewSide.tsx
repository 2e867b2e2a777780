import { ActionIcon, Anchor, Button } from '@mantine/core';
import type { JsonObject } from '@perennial/conditions';
import type { Contact } from '@perennial/contracts';
import { Avatar, Inspector, SkeletonLines, StatNumber } from '@perennial/ui';
import { IconArrowLeft, IconHelpCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import { contactName } from '../../contacts/contact.ts';
import { ContactLink } from '../../contacts/ContactLink.tsx';
import { ContactSelect } from '../../contacts/ContactSelect.tsx';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import { Explanation } from '../explain/Explanation.tsx';
import { useDraftExplanation } from '../explain/use-explanation.ts';
import { TrialPick } from './TrialPick.tsx';
import type { Preview } from './use-preview.ts';
import type { Trial } from './use-trial.ts';
import { isWrongRule, previewProblem } from './preview-words.ts';
import classes from './Editor.module.css';

interface PreviewSideProps {
  /** Undefined while it cannot be asked for. */
  definition: unknown;
  preview: Preview;
  trial: Trial;
  vocabulary: Vocabulary;
  segment: string | undefined;
  say: (rule: JsonObject) => string | undefined;
}

/** Who would be in it now: how many, ten of them, and why. */
export function PreviewSide(props: PreviewSideProps) {
  const { definition, preview, trial, vocabulary, segment, say } = props;
  const t = useText();
  const [asked, setAsked] = useState<string | null>(null);
  const explanation = useDraftExplanation(definition, asked, segment, trial);
  if (asked !== null) {
    return (
      <Inspector
        leavesFocus
        leading={
          <ActionIcon aria-label={t('segments.editor.back')} onClick={() => setAsked(null)}>
            <IconArrowLeft size={16} className={classes.arrow ?? ''} />
          </ActionIcon>
        }
        title={<ContactLink id={asked} />}
        onClose={() => setAsked(null)}
      >
        {definition === undefined ? (
          <p className={classes.sideHint}>{t('segments.editor.unfinishedRule')}</p>
        ) : (
          <Explanation read={explanation} say={say} />
        )}
      </Inspector>
    );
  }
  return (
    <Inspector leavesFocus title={t('segments.editor.preview')}>
      {trial.paths.length > 0 ? <TrialPick trial={trial} vocabulary={vocabulary} /> : null}
      {trial.paths.length > 0 && !trial.content ? null : (
        <Sample definition={definition} preview={preview} onWhy={setAsked} />
      )}
      <div className={classes.ask}>
        <p className={classes.sideHint}>{t('segments.editor.ask')}</p>
        <ContactSelect
          label={t('segments.editor.ask')}
          placeholder={t('segments.add.find')}
          value={null}
          onChange={setAsked}
        />
      </div>
    </Inspector>
  );
}

interface SampleProps extends Pick<PreviewSideProps, 'definition' | 'preview'> {
  onWhy: (contact: string) => void;
}

function Sample({ definition, preview, onWhy }: SampleProps) {
  const { read, isCurrent, isStopped } = preview;
  const t = useText();
  if (definition === undefined) {
    return <p className={classes.sideHint}>{t('segments.editor.unfinishedRule')}</p>;
  }
  if (read.error && isWrongRule(read.error)) {
    return <p className={classes.sideHint}>{t('segments.editor.wrongRule')}</p>;
  }
  if (read.error) {
    return (
      <>
        <p className={classes.sideHint}>{previewProblem(read.error, t)}</p>
        <Button size="xs" variant="default" onClick={() => void read.refetch()}>
          {t('ui.retry')}
        </Button>
      </>
    );
  }
  if (isStopped) return <p className={classes.sideHint}>{t('segments.editor.stopped')}</p>;
  if (!read.data) return <SkeletonLines lines={6} />;
  const { count, sample } = read.data;
  return (
    <div className={classes.sample} data-old={!isCurrent || undefined}>
      <StatNumber label={t('segments.editor.members')} value={count} />
      {sample.length > 0 ? (
        <p className={classes.sampleTitle}>
          {t('segments.editor.sample', { count: sample.length })}
        </p>
      ) : null}
      <ul className={classes.people}>
        {sample.map((contact) => (
          <Person key={contact.id} contact={contact} onWhy={() => onWhy(contact.id)} />
        ))}
      </ul>
    </div>
  );
}

function Person({ contact, onWhy }: { contact: Contact; onWhy: () => void }) {
  const t = useText();
  const to = useTo();
  const name = contactName(contact) ?? t('app.contact.unnamed', { id: contact.id });
  return (
    <li className={classes.person}>
      <Avatar name={name} size={24} />
      <Anchor component={Link} to={to(`contacts/${contact.id}`)} inherit dir="auto" truncate="end">
        {name}
      </Anchor>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        leftSection={<IconHelpCircle size={14} />}
        aria-label={t('segments.editor.whyContact', { name })}
        onClick={onWhy}
      >
        {t('segments.editor.why')}
      </Button>
    </li>
  );
}
