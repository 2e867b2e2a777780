import { Kbd, Modal } from '@mantine/core';
import { useOs } from '@mantine/hooks';
import type { TextId } from './catalogue.ts';
import { useText } from './text.tsx';
import classes from './ShortcutList.module.css';

const shortcuts: readonly { text: TextId; keys: readonly string[] }[] = [
  { text: 'app.shortcuts.palette', keys: ['mod', 'K'] },
  { text: 'app.shortcuts.save', keys: ['mod', 'S'] },
  { text: 'app.shortcuts.nav', keys: ['['] },
  { text: 'app.shortcuts.rows', keys: ['↑', '↓'] },
  { text: 'app.shortcuts.ends', keys: ['Home', 'End'] },
  { text: 'app.shortcuts.open', keys: ['Enter'] },
  { text: 'app.shortcuts.close', keys: ['Esc'] },
  { text: 'app.shortcuts.help', keys: ['?'] },
];

export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText();
  const modifier = useOs() === 'macos' ? '⌘' : 'Ctrl';
  return (
    <Modal opened={opened} onClose={onClose} title={t('app.shortcuts.title')} size={400}>
      <dl className={classes.list}>
        {shortcuts.map(({ text, keys }) => (
          <div key={text} className={classes.row}>
            <dt>{t(text)}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key === 'mod' ? modifier : key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
