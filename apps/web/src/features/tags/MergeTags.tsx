import { Select, Text } from '@mantine/core';
import type { MergedTags, MergeTags as Merge, Tag } from '@perennial/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiProblem } from '../../api.ts';
import { useChange, useList } from '../../app/data.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { problemWords } from '../../app/problem-words.ts';
import { useApi } from '../../app/session.ts';
import { useShowProblem } from '../../app/show-problem.ts';
import { useShowUndo } from '../../app/show-undo.tsx';
import { useText } from '../../app/text.tsx';
import { renewedByTags } from './tag-kinds.ts';
import { useRestoreTags } from './use-restore-tags.ts';

interface MergeTagsProps {
  tags: readonly Tag[];
  onClose: () => void;
  onMerged: () => void;
}

/** Chooses the tag that stays and says beforehand what gets it. */
export function MergeTags({ tags, onClose, onMerged }: MergeTagsProps) {
  const t = useText();
  const showUndo = useShowUndo();
  const showProblem = useShowProblem();
  const restore = useRestoreTags();
  const all = useList<Tag>('/tags', { query: { limit: 500 } });
  // Of several that are chosen one of them may stay.
  const offered = tags.length > 1 ? tags : all.items.filter(({ id }) => id !== tags[0]?.id);
  const [into, setInto] = useState<string | null>(tags.length > 1 ? mostUsed(tags).id : null);
  const gone = tags.filter(({ id }) => id !== into);
  const request = { tags: gone.map(({ id }) => id), into: into ?? '' };
  const preview = usePreview(into === null ? undefined : request);
  const merge = useChange<Merge, MergedTags>(
    (api, body) => api.post('/tags/merge', body),
    renewedByTags,
  );
  const submit = () =>
    merge.mutate(request, {
      onSuccess: ({ tag, removed }) => {
        const said = { count: removed.length, name: gone[0]?.name, into: tag.name };
        showUndo(t('tags.merged', said), () => restore(removed));
        onMerged();
        onClose();
      },
      onError: showProblem,
    });
  return (
    <FormDialog
      title={t('tags.merge.title', { count: tags.length, name: tags[0]?.name })}
      action={t('tags.merge')}
      ready={preview.data !== undefined}
      pending={merge.isPending}
      problem={preview.error ? problemWords(preview.error, t).detail : null}
      onClose={onClose}
      onSubmit={submit}
    >
      <Select
        data-autofocus
        label={t('tags.merge.into')}
        placeholder={t('tags.merge.choose')}
        data={offered.map(({ id, name }) => ({ value: id, label: name }))}
        value={into}
        searchable
        allowDeselect={false}
        onChange={setInto}
      />
      {into === null ? null : (
        <Text size="sm" c="dimmed" role="status">
          {preview.data
            ? t('tags.merge.preview', {
                moved: preview.data.moved,
                into: preview.data.tag.name,
                uses: preview.data.tag.uses,
                count: gone.length,
                name: gone[0]?.name,
              })
            : t('tags.merge.counting')}
        </Text>
      )}
    </FormDialog>
  );
}

function mostUsed(tags: readonly Tag[]): Tag {
  return tags.reduce((most, tag) => (tag.uses > most.uses ? tag : most));
}

function usePreview(request: Merge | undefined) {
  const api = useApi();
  return useQuery<MergedTags, ApiProblem>({
    queryKey: [api.workspace, 'tag-merges', request],
    queryFn: () => api.post<MergedTags>('/tags/merge', { ...request, preview: true }),
    enabled: request !== undefined,
    retry: false,
  });
}
