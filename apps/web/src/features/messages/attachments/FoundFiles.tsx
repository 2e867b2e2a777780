import { IconAlertTriangle, IconPaperclip } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import { useText } from '../../../app/text.tsx';
import type { MessageContent } from '../message.ts';
import { filesOf, type FoundFile } from './attachment-list.ts';
import classes from './Attachments.module.css';

/** The files of a rendered e-mail, with their sizes, or with what is wrong with them. */
export function FoundFiles({ content }: { content: MessageContent }) {
  const t = useText();
  const files = filesOf<FoundFile>(content);
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t('attachments.preview')}>
      {files.map((file, i) => (
        <li
          key={i}
          className={classes.file}
          data-problem={file.problem === undefined ? undefined : true}
          title={file.url}
        >
          {file.problem === undefined ? (
            <IconPaperclip size={14} />
          ) : (
            <IconAlertTriangle size={14} />
          )}
          <span className={classes.fileName} dir="auto">
            {file.problem ?? file.name ?? file.url}
          </span>
          {file.size === undefined ? null : <Size bytes={file.size} />}
        </li>
      ))}
    </ul>
  );
}

const UNITS = [
  [1_000_000, 'megabyte'],
  [1_000, 'kilobyte'],
  [1, 'byte'],
] as const;

function Size({ bytes }: { bytes: number }) {
  const intl = useIntl();
  const [size, unit] = UNITS.find(([least]) => bytes >= least) ?? UNITS[2];
  return (
    <span className={classes.size}>
      {intl.formatNumber(bytes / size, { style: 'unit', unit, maximumFractionDigits: 1 })}
    </span>
  );
}
