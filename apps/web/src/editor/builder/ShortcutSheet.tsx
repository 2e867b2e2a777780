import { Kbd, Modal } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import { Fragment } from 'react';
import { useText } from '../../app/text.tsx';
import { shortcutGroups, type Shortcut } from './shortcuts.ts';
import classes from './Builder.module.css';

/** All keys of the builder. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText();
  return (
    <Modal opened={opened} onClose={onClose} title={t('builder.keys.title')} size={1020}>
      <div className={classes.sheet}>
        {shortcutGroups.map(({ title, shortcuts }) => (
          <section key={title}>
            <h3 className={classes.heading}>{t(title)}</h3>
            <dl className={classes.keys}>
              {shortcuts.map((shortcut) => (
                <Row key={shortcut.text} shortcut={shortcut} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function Row({ shortcut: { text, keys } }: { shortcut: Shortcut }) {
  const t = useText();
  const modifier = useOs() === 'macos' ? '⌘' : 'Ctrl';
  return (
    <div className={classes.keyRow}>
      <dt>{t(text)}</dt>
      <dd>
        {keys.map((together, index) => (
          <Fragment key={together.join()}>
            {index > 0 ? ' ' : null}
            {together.map((key) => (
              <Kbd key={key} size="xs">
                {key === 'mod' ? modifier : key}
              </Kbd>
            ))}
          </Fragment>
        ))}
      </dd>
    </div>
  );
}
