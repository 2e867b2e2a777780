import { Button, SegmentedControl } from '@mantine/core';
import type { ContentBlock } from '@perennial/contracts';
import { SkeletonBlock } from '@perennial/ui';
import { useState } from 'react';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { DraftProblems } from '../messages/preview/DraftProblems.tsx';
import { HtmlFrame } from '../messages/preview/HtmlFrame.tsx';
import { ProblemsAlert } from '../messages/preview/ProblemsAlert.tsx';
import { useLastGood } from '../messages/preview/use-last-good.ts';
import { word } from '../messages/preview/word.ts';
import { BlockUses } from './BlockUses.tsx';
import type { BlockPreview } from './use-block-preview.ts';
import classes from './Blocks.module.css';

interface BlockSideProps {
  block: ContentBlock;
  language: string;
  /** As it is called in the draft. */
  name: string;
  preview: BlockPreview;
}

type Shown = 'html' | 'text' | 'uses';

/** How the draft looks alone, and what has the block in it. */
export function BlockSide({ block, language, name, preview }: BlockSideProps) {
  const t = useText();
  const mayWrite = useRight('messages.write');
  const [shown, setShown] = useState<Shown>('html');
  return (
    <section className={classes.side} aria-label={t('blocks.tab.preview')}>
      <div className={classes.bar}>
        <SegmentedControl
          value={shown}
          onChange={setShown}
          data={[
            { value: 'html', label: t('blocks.preview.html') },
            { value: 'text', label: t('blocks.preview.text') },
            { value: 'uses', label: t('blocks.tab.uses') },
          ]}
        />
        {shown === 'uses' && mayWrite ? <Delete block={block} /> : null}
      </div>
      {shown === 'uses' ? (
        <BlockUses block={block} />
      ) : (
        // What was good of one language is not shown for another.
        <Preview key={language} preview={preview} name={name} shown={shown} />
      )}
    </section>
  );
}

interface PreviewProps {
  preview: BlockPreview;
  name: string;
  shown: Exclude<Shown, 'uses'>;
}

function Preview({ preview, name, shown }: PreviewProps) {
  const t = useText();
  const problems = preview.problems ?? [];
  const content = useLastGood({ content: preview.data?.content ?? null, problems });
  const isStale = preview.isFetching || content !== preview.data?.content;
  return (
    <>
      {preview.failure ? (
        <ProblemsAlert
          title={t('blocks.preview.failed')}
          problems={[{ message: problemWords(preview.failure, t).detail }]}
        />
      ) : null}
      <DraftProblems
        channel="email"
        title={t('blocks.preview.failed')}
        problems={problems}
        shown={content}
      />
      <div className={classes.stage} data-stale={isStale || undefined}>
        {preview.isPending ? <SkeletonBlock height="100%" /> : null}
        {content && shown === 'html' ? (
          <div className={classes.page}>
            <HtmlFrame html={word(content.html)} title={name} />
          </div>
        ) : null}
        {content && shown === 'text' ? (
          <pre className={classes.text} dir="auto" tabIndex={0}>
            {word(content.text)}
          </pre>
        ) : null}
      </div>
    </>
  );
}

function Delete({ block: { id, name } }: { block: ContentBlock }) {
  const t = useText();
  const go = useGo();
  const [asking, setAsking] = useState(false);
  const remove = useChange((api) => api.delete(`/content_blocks/${id}`), ['/content_blocks']);
  return (
    <>
      <Button size="compact-sm" color="red" variant="subtle" onClick={() => setAsking(true)}>
        {t('blocks.delete')}
      </Button>
      {asking ? (
        <FormDialog
          title={t('blocks.delete.title', { name })}
          action={t('blocks.delete')}
          isFinal
          pending={remove.isPending}
          problem={remove.error ? problemWords(remove.error, t).detail : null}
          onClose={() => setAsking(false)}
          onSubmit={() => remove.mutate(undefined, { onSuccess: () => go('content-blocks') })}
        >
          <span>{t('blocks.delete.detail')}</span>
        </FormDialog>
      ) : null}
    </>
  );
}
