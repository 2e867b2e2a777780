import { Button, Popover, Textarea } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useText } from '../../../app/text.tsx';
import { TagsField } from '../TagsField.tsx';
import type { SegmentDraft } from './segment-draft.ts';
import classes from './Editor.module.css';

interface AboutMenuProps {
  draft: SegmentDraft;
  readOnly: boolean;
  onChange: (about: Partial<Pick<SegmentDraft, 'purpose' | 'tags'>>) => void;
}

/** What the segment is for, and its tags. */
export function AboutMenu({ draft, readOnly, onChange }: AboutMenuProps) {
  const t = useText();
  return (
    <Popover position="bottom-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconTag size={16} />}>
          {t('segments.editor.about')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.about}>
          <Textarea
            data-autofocus
            label={t('segments.new.purpose')}
            description={t('segments.new.purposeHint')}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={2000}
            dir="auto"
            readOnly={readOnly}
            value={draft.purpose}
            onChange={(event) => onChange({ purpose: event.currentTarget.value })}
          />
          <TagsField
            label={t('segments.new.tags')}
            value={[...draft.tags]}
            disabled={readOnly}
            onChange={(tags) => onChange({ tags })}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
