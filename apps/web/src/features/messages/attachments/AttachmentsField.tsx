import { ActionIcon, Button } from '@mantine/core';
import { LiquidInput } from '@perennial/ui';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { useText } from '../../../app/text.tsx';
import type { ContentFormProps } from '../content-form-props.ts';
import { filesOf, MOST_FILES, withFiles, type WrittenFile } from './attachment-list.ts';
import classes from './Attachments.module.css';

type AttachmentsFieldProps = Pick<
  ContentFormProps,
  'content' | 'onChange' | 'readOnly' | 'errorAt'
>;

/** Files that go with an e-mail, by where they are fetched from. */
export function AttachmentsField({ content, onChange, readOnly, errorAt }: AttachmentsFieldProps) {
  const t = useText();
  const list = useRef<HTMLUListElement>(null);
  const files = filesOf<WrittenFile>(content);
  const change = (next: readonly WrittenFile[]) => onChange(withFiles(content, next));
  const add = () => {
    change([...files, { url: '' }]);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus(),
    );
  };
  if (readOnly && files.length === 0) return null;
  return (
    <div className={classes.field}>
      {files.length > 0 ? <span className={classes.label}>{t('attachments.label')}</span> : null}
      <ul className={classes.list} ref={list}>
        {files.map((file, i) => (
          <li key={i} className={classes.row}>
            <LiquidInput
              type="url"
              aria-label={t('attachments.url', { n: i + 1 })}
              placeholder={t('attachments.url.placeholder')}
              data-pointer={`/attachments/${i}/url`}
              value={file.url}
              error={errorAt(`/attachments/${i}/url`)}
              readOnly={readOnly}
              onChange={(event) =>
                change(files.with(i, { ...file, url: event.currentTarget.value }))
              }
            />
            <LiquidInput
              aria-label={t('attachments.name', { n: i + 1 })}
              placeholder={t('attachments.name.placeholder')}
              value={file.name ?? ''}
              error={errorAt(`/attachments/${i}/name`)}
              readOnly={readOnly}
              dir="auto"
              onChange={(event) =>
                change(files.with(i, { ...file, name: event.currentTarget.value }))
              }
            />
            {readOnly ? null : (
              <span className={classes.remove}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={28}
                  aria-label={t('attachments.remove', { n: i + 1 })}
                  onClick={() => change(files.toSpliced(i, 1))}
                >
                  <IconX size={16} />
                </ActionIcon>
              </span>
            )}
          </li>
        ))}
      </ul>
      {readOnly ? null : (
        <div className={classes.foot}>
          {files.length < MOST_FILES ? (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconPaperclip size={14} />}
              onClick={add}
            >
              {t('attachments.add')}
            </Button>
          ) : (
            <span>{t('attachments.most', { most: MOST_FILES })}</span>
          )}
          {files.length > 0 ? <span>{t('attachments.hint')}</span> : null}
        </div>
      )}
    </div>
  );
}
