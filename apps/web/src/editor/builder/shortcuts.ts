import type { TextId } from '../../app/catalogue.ts';

export interface Shortcut {
  text: TextId;
  /** Alternatives, each some keys together; `mod` is Ctrl or ⌘. */
  keys: readonly (readonly string[])[];
}

/** What the keys of the builder do, as its sheet lists them. */
export const shortcutGroups: readonly { title: TextId; shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'builder.keys.build',
    shortcuts: [
      { text: 'builder.keys.add', keys: [['A']] },
      { text: 'builder.keys.exit', keys: [['Tab']] },
      { text: 'builder.keys.inspect', keys: [['Enter']] },
      { text: 'builder.keys.note', keys: [['N']] },
      { text: 'builder.keys.freeNote', keys: [['Shift', 'N']] },
      { text: 'builder.keys.tidy', keys: [['T']] },
    ],
  },
  {
    title: 'builder.keys.move',
    shortcuts: [
      { text: 'builder.keys.walk', keys: [['↑'], ['↓'], ['←'], ['→']] },
      { text: 'builder.keys.find', keys: [['/']] },
      { text: 'builder.keys.fit', keys: [['F']] },
      { text: 'builder.keys.zoom', keys: [['+'], ['−']] },
      { text: 'builder.keys.escape', keys: [['Esc']] },
      { text: 'builder.keys.sheet', keys: [['?']] },
    ],
  },
  {
    title: 'builder.keys.edit',
    shortcuts: [
      {
        text: 'builder.keys.undo',
        keys: [
          ['mod', 'Z'],
          ['mod', 'Shift', 'Z'],
        ],
      },
      {
        text: 'builder.keys.clipboard',
        keys: [
          ['mod', 'C'],
          ['mod', 'X'],
          ['mod', 'V'],
        ],
      },
      { text: 'builder.keys.duplicate', keys: [['mod', 'D']] },
      { text: 'builder.keys.remove', keys: [['Delete']] },
      { text: 'builder.keys.all', keys: [['mod', 'A']] },
      { text: 'builder.keys.several', keys: [['Shift']] },
      { text: 'builder.keys.selection', keys: [['S']] },
      { text: 'builder.keys.shift', keys: [['Alt', '↑ ↓ ← →']] },
      { text: 'builder.keys.moveOnly', keys: [['Alt']] },
      { text: 'builder.keys.save', keys: [['mod', 'S']] },
    ],
  },
];
