import { Button, SegmentedControl } from '@mantine/core';
import type { BlockContent } from '@perennial/contracts';
import { useText } from '../../app/text.tsx';
import { parts, type Part } from './block-draft.ts';
import { starterPart } from './starter-part.ts';
import classes from './Blocks.module.css';

interface PartBarProps {
  content: BlockContent;
  part: Part;
  readOnly: boolean;
  onPart: (part: Part) => void;
  /** Undefined takes the part out. */
  onText: (part: Part, text: string | undefined) => void;
}

/** Which part is written, and for what it is; adds it and takes it out. */
export function PartBar({ content, part, readOnly, onPart, onText }: PartBarProps) {
  const t = useText();
  const name = t(`blocks.part.${part}`);
  const isThere = content[part] !== undefined;
  const isOnly = parts.filter((each) => content[each] !== undefined).length < 2;
  return (
    <div className={classes.bar}>
      <SegmentedControl
        aria-label={t('blocks.body')}
        value={part}
        onChange={onPart}
        data={parts.map((each) => ({ value: each, label: t(`blocks.part.${each}`) }))}
      />
      <span className={classes.hint}>{t(`blocks.part.${part}.hint`)}</span>
      {readOnly || (isThere && isOnly) ? null : (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onText(part, isThere ? undefined : starterPart(part, t('blocks.starter')))}
        >
          {t(isThere ? 'blocks.part.remove' : 'blocks.part.add', { part: name })}
        </Button>
      )}
    </div>
  );
}
