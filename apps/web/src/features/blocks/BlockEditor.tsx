import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import type { ChangedContentBlock, ContentBlock } from '@perennial/contracts';
import { Copyable, Page, PageHeader, SplitView } from '@perennial/ui';
import { useState, type ReactNode } from 'react';
import { useChange } from '../../app/data.ts';
import { EditableTitle } from '../../app/EditableTitle.tsx';
import { sameJson } from '../../app/same-json.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useKeepUnsaved } from '../../app/use-keep-unsaved.ts';
import { useTray } from '../jobs/tray.ts';
import { LanguageBar } from '../messages/LanguageBar.tsx';
import type { MessageDraft } from '../messages/message-draft.ts';
import type { DraftProblem } from '../messages/preview/use-preview.ts';
import { StatusLine } from '../messages/StatusLine.tsx';
import { useNotSaved } from '../messages/use-not-saved.ts';
import { useShownProblems } from '../messages/use-shown-problems.ts';
import { BlockSide } from './BlockSide.tsx';
import {
  changeBetween,
  draftOf,
  includeOf,
  withPart,
  type BlockDraft,
  type Part,
} from './block-draft.ts';
import { PartBar } from './PartBar.tsx';
import { PartCode } from './PartCode.tsx';
import { useBlockPreview } from './use-block-preview.ts';
import classes from './Blocks.module.css';

const NONE: readonly DraftProblem[] = [];

/** Writes a block: its parts at the start, how it looks and what has it at the end. */
export function BlockEditor({ block, back }: { block: ContentBlock; back: ReactNode }) {
  const t = useText();
  const tray = useTray();
  const mayWrite = useRight('messages.write');
  const [draft, setDraft] = useState<BlockDraft>(() => draftOf(block));
  const [language, setLanguage] = useState(block.default_language);
  const [part, setPart] = useState<Part>(() => firstPart(block));
  const save = useChange<Partial<BlockDraft>, ChangedContentBlock>(
    (api, change) => api.patch(`/content_blocks/${block.id}`, change),
    ['/content_blocks'],
  );
  const change = changeBetween(draftOf(block), draft);
  useKeepUnsaved(change !== null, t('blocks.leave'));
  const saveNow = () => {
    if (!change || save.isPending) return;
    save.mutate(change, {
      onSuccess: (saved) => {
        const { renewing, messages } = saved;
        // Parts are kept without the blanks around them.
        setDraft((now) => (now === draft ? draftOf(saved) : now));
        if (renewing) tray.follow(renewing);
        const message = renewing ? t('blocks.renewing', { n: messages }) : t('blocks.savedToast');
        notifications.show({ message });
      },
    });
  };
  // In the code editor, too.
  useHotkeys([['mod+S', saveNow]], [], true);
  const preview = useBlockPreview(block, draft, language);
  const notSaved = useNotSaved('email');
  // Of what was changed since then the preview knows more.
  const refused = sameJson(save.variables, change) ? save.error : null;
  const { shown: problems, watch } = useShownProblems({
    language,
    problems: preview.problems ?? NONE,
    tried: refused !== null,
  });
  const text = draft.content[language]?.[part];
  return (
    <Page
      layout="fill"
      header={
        <PageHeader
          back={back}
          title={
            <EditableTitle
              label={t('blocks.rename')}
              value={draft.name}
              readOnly={!mayWrite}
              onChange={(name) => setDraft({ ...draft, name })}
            />
          }
          detail={<Copyable value={includeOf(block)} mono />}
          actions={
            mayWrite ? (
              <Button disabled={!change} loading={save.isPending} onClick={saveNow}>
                {t('blocks.save')}
              </Button>
            ) : null
          }
        />
      }
    >
      <SplitView
        name="content-block"
        width={560}
        tabs={{ main: t('blocks.write'), side: t('blocks.tab.preview') }}
        side={<BlockSide block={block} language={language} name={draft.name} preview={preview} />}
      >
        {/* A block has languages as a message has, and little else of it. */}
        <LanguageBar
          draft={draft as unknown as MessageDraft}
          language={language}
          readOnly={!mayWrite}
          onLanguage={setLanguage}
          onDraft={({ content, default_language }) =>
            setDraft({ ...draft, default_language, content })
          }
        />
        <PartBar
          content={draft.content[language] ?? {}}
          part={part}
          readOnly={!mayWrite}
          onPart={setPart}
          onText={(which, next) => setDraft(withPart(draft, { language, part: which, text: next }))}
        />
        {text === undefined ? (
          <p className={classes.none}>
            {t('blocks.part.none', { part: t(`blocks.part.${part}`) })}
          </p>
        ) : (
          <div className={classes.part} {...watch}>
            <PartCode
              key={`${language} ${part}`}
              part={part}
              text={text}
              readOnly={!mayWrite}
              problems={problems}
              onText={(next) => setDraft(withPart(draft, { language, part, text: next }))}
            />
          </div>
        )}
      </SplitView>
      <StatusLine state={stateOf()} bad={Boolean(refused)}>
        <span>{t('blocks.willRenew', { n: block.messages })}</span>
        {preview.problems ? (
          <span className={problems.length > 0 ? classes.wrong : undefined}>
            {t('messages.status.problems', { count: problems.length })}
          </span>
        ) : null}
      </StatusLine>
    </Page>
  );

  function stateOf(): string {
    if (!mayWrite) return t('blocks.readOnly');
    if (save.isPending) return t('blocks.saving');
    if (refused) return notSaved(refused, language);
    return t(change ? 'blocks.unsaved' : 'blocks.saved');
  }
}

function firstPart({ content, default_language: language }: ContentBlock): Part {
  const { mjml, html } = content[language] ?? {};
  if (mjml !== undefined) return 'mjml';
  return html === undefined ? 'text' : 'html';
}
