import { TagsInput } from '@mantine/core';
import type { Tag } from '@perennial/contracts';
import { useList } from '../../app/data.ts';

interface TagsFieldProps {
  label: string;
  placeholder?: string;
  value: string[];
  disabled?: boolean;
  /** Stands in something that a click outside of it closes. */
  inPopover?: boolean;
  onChange: (tags: string[]) => void;
}

/** Tags of the workspace, and new ones. */
export function TagsField({
  label,
  placeholder = '',
  value,
  disabled = false,
  inPopover = false,
  onChange,
}: TagsFieldProps) {
  const tags = useList<Tag>('/tags', { query: { limit: 500 } });
  return (
    <TagsInput
      label={label}
      placeholder={placeholder}
      data={tags.items.map(({ name }) => name)}
      value={value}
      disabled={disabled}
      maxTags={50}
      // There the way to save is below, and must not be covered.
      {...(inPopover && {
        maxDropdownHeight: 160,
        comboboxProps: {
          withinPortal: false,
          position: 'top-start' as const,
          middlewares: { flip: false },
        },
      })}
      // As the server compares them.
      isDuplicate={(tag, current) =>
        current.some((other) => other.toLowerCase() === tag.trim().toLowerCase())
      }
      onChange={(next) =>
        onChange(next.map((tag) => tag.trim().slice(0, 50)).filter((tag) => tag !== ''))
      }
    />
  );
}
