import { Button, Popover, SegmentedControl, Select } from '@mantine/core';
import { CodeEditor, JsonView, SkeletonLines, Time } from '@perennial/ui';
import { IconBolt } from '@tabler/icons-react';
import { useList } from '../../../../app/data.ts';
import { Problem } from '../../../../app/Problem.tsx';
import { useText } from '../../../../app/text.tsx';
import { readTyped } from './event-choice.ts';
import type { usePreviewEvent } from './use-preview-event.ts';
import classes from './EventButton.module.css';

interface EventButtonProps {
  event: ReturnType<typeof usePreviewEvent>;
  contact: string | null;
}

/** Which event the preview is filled in with: one that happened, or one that is written here. */
export function EventButton({ event, contact }: EventButtonProps) {
  const t = useText();
  const { choice, setChoice } = event;
  const types = useList<{ key: string; name: string }>('/event_types', { query: { limit: 500 } });
  const named = types.items.find(({ key }) => key === choice.type)?.name ?? choice.type;
  const isTyped = choice.source === 'typed';
  return (
    <Popover position="bottom-end" width={380} trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconBolt size={14} />}
          classNames={{ label: classes.label ?? '' }}
        >
          {named ?? t(isTyped ? 'messages.event.typed' : 'messages.event.none')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.choice ?? ''}>
        <Select
          size="xs"
          label={t('messages.event.type')}
          placeholder={t('messages.event.none')}
          searchable
          clearable
          // The box puts the focus here as it opens; a list over its other choices was not asked for.
          openOnFocus={false}
          // Within the box, whose outside closes it.
          comboboxProps={{ withinPortal: false }}
          data={types.items.map(({ key, name }) => ({ value: key, label: name || key }))}
          value={choice.type}
          onChange={(type) => setChoice({ ...choice, type })}
        />
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('messages.event.source')}
          value={choice.source === 'contact' && contact === null ? 'anybody' : choice.source}
          onChange={(source) => setChoice({ ...choice, source })}
          data={[
            {
              value: 'contact',
              label: t('messages.event.contact'),
              disabled: contact === null || choice.type === null,
            },
            {
              value: 'anybody',
              label: t('messages.event.anybody'),
              disabled: choice.type === null,
            },
            { value: 'typed', label: t('messages.event.typed') },
          ]}
        />
        {isTyped ? <Typed event={event} /> : choice.type === null ? null : <Found event={event} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Typed({ event: { choice, setChoice } }: Pick<EventButtonProps, 'event'>) {
  const t = useText();
  const read = readTyped(choice.typed);
  return (
    <>
      <div className={classes.code}>
        <CodeEditor
          label={t('messages.event.params')}
          language="json"
          value={choice.typed}
          onChange={(typed) => setChoice({ ...choice, typed })}
        />
      </div>
      <p className={classes.note} data-bad={!read.ok || undefined}>
        {read.ok
          ? t('messages.event.params.hint')
          : t('messages.event.params.wrong', { reason: read.message })}
      </p>
    </>
  );
}

function Found({ event }: Pick<EventButtonProps, 'event'>) {
  const t = useText();
  const { found, choice, setChoice } = event;
  if (event.error) return <Problem error={event.error} />;
  if (event.loading) return <SkeletonLines lines={4} />;
  if (!found) {
    return (
      <p className={classes.note}>
        {t(
          choice.source === 'contact' ? 'messages.event.noneOfContact' : 'messages.event.noneAtAll',
        )}
      </p>
    );
  }
  return (
    <>
      <div className={classes.params}>
        <JsonView value={found.params} open={2} />
      </div>
      <div className={classes.foot}>
        <span className={classes.note}>
          <Time at={found.occurred_at} />
        </span>
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() =>
            setChoice({
              ...choice,
              source: 'typed',
              typed: JSON.stringify(found.params, null, 2),
            })
          }
        >
          {t('messages.event.edit')}
        </Button>
      </div>
    </>
  );
}
