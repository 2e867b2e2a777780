import { Alert, Button, SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ContentBlock, ContentBlockPreview } from '@perennial/contracts';
import { SkeletonBlock, Snippet } from '@perennial/ui';
import { IconAlertTriangle } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiProblem } from '../../api.ts';
import { useChange } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useApi, useRight } from '../../app/session.ts';
import { useText } from '../../app/text.tsx';
import { useGo } from '../../app/use-to.ts';
import { HtmlFrame } from '../messages/preview/HtmlFrame.tsx';
import type { BlockDraft } from './block-draft.ts';
import { BlockUses } from './BlockUses.tsx';
import classes from './Blocks.module.css';

interface BlockSideProps {
  block: ContentBlock;
  draft: BlockDraft;
  language: string;
}

type Shown = 'html' | 'text' | 'uses';

/** How the draft looks alone, and what has the block in it. */
export function BlockSide({ block, draft, language }: BlockSideProps) {
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
        <Preview block={block} draft={draft} language={language} shown={shown} />
      )}
    </section>
  );
}

function Preview({
  block,
  draft,
  language,
  shown,
}: BlockSideProps & { shown: Exclude<Shown, 'uses'> }) {
  const t = useText();
  const preview = usePreview(block, draft, language);
  const problems = preview.error
    ? [{ message: problemWords(preview.error, t).detail, excerpt: null }, ...preview.error.errors]
    : (preview.data?.problems ?? []);
  const { html, text } = preview.data?.content ?? {};
  return (
    <>
      {problems.length > 0 ? (
        <Alert
          className={classes.problems ?? ''}
          color="red"
          variant="light"
          icon={<IconAlertTriangle size={16} />}
          title={t('blocks.preview.failed')}
        >
          {problems.map((problem, index) => (
            <div key={index}>
              {problem.message}
              {'excerpt' in problem && problem.excerpt ? (
                <Snippet code={String(problem.excerpt)} wrap />
              ) : null}
            </div>
          ))}
        </Alert>
      ) : null}
      <div className={classes.stage} data-stale={preview.isFetching || undefined}>
        {preview.isPending ? <SkeletonBlock height="100%" /> : null}
        {preview.data?.content && shown === 'html' ? (
          <div className={classes.page}>
            <HtmlFrame html={typeof html === 'string' ? html : ''} title={draft.name} />
          </div>
        ) : null}
        {preview.data?.content && shown === 'text' ? (
          <pre className={classes.text} dir="auto">
            {typeof text === 'string' ? text : ''}
          </pre>
        ) : null}
      </div>
    </>
  );
}

function usePreview(block: ContentBlock, { content }: BlockDraft, language: string) {
  const api = useApi();
  const [asked] = useDebouncedValue({ content, language }, 350);
  return useQuery<ContentBlockPreview, ApiProblem>({
    queryKey: [api.workspace, 'block-preview', block.id, block.version, asked],
    queryFn: ({ signal }) =>
      api.post<ContentBlockPreview>(`/content_blocks/${block.id}/preview`, asked, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
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
