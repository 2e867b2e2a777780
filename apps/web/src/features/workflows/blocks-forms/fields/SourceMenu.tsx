import { Menu, UnstyledButton } from '@mantine/core';
import {
  IconBolt,
  IconBraces,
  IconCheck,
  IconChevronDown,
  IconCursorText,
  IconHistory,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import { useText } from '../../../../app/text.tsx';
import type { SourceKind } from '../source-kind.ts';
import classes from '../BlocksForms.module.css';

const icons: Readonly<Record<SourceKind, Icon>> = {
  literal: IconCursorText,
  event: IconBolt,
  contact: IconUser,
  run: IconHistory,
  liquid: IconBraces,
};

interface SourceMenuProps {
  /** Of the setting. */
  label: string;
  kinds: readonly SourceKind[];
  kind: SourceKind;
  onChange: (kind: SourceKind) => void;
}

/** Where the value of a setting comes from; nothing to choose where there is one way only. */
export function SourceMenu({ label, kinds, kind, onChange }: SourceMenuProps) {
  const t = useText();
  const offered = kinds.includes(kind) ? kinds : [...kinds, kind];
  if (offered.length < 2) return null;
  const Glyph = icons[kind];
  return (
    <Menu width={270} position="bottom-end">
      <Menu.Target>
        <UnstyledButton
          className={classes.source}
          data-from={kind === 'literal' ? undefined : true}
          aria-label={t('blockForms.source.of', {
            label,
            source: t(`blockForms.source.${kind}`),
          })}
        >
          <Glyph size={14} aria-hidden />
          {t(`blockForms.source.${kind}`)}
          <IconChevronDown size={12} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((each) => {
          const Each = icons[each];
          return (
            <Menu.Item
              key={each}
              leftSection={<Each size={16} />}
              rightSection={each === kind ? <IconCheck size={14} /> : null}
              onClick={() => onChange(each)}
            >
              <span className={classes.choiceName}>{t(`blockForms.source.${each}`)}</span>
              <span className={classes.choiceHint}>{t(`blockForms.source.${each}.hint`)}</span>
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
