import type { ComponentType } from 'react';
import {
  BooleanEditor,
  ChoiceEditor,
  LanguageEditor,
  MultipleChoiceEditor,
  ZoneEditor,
} from './ChoiceEditors.tsx';
import { DateEditor, MomentEditor } from './DateEditors.tsx';
import type { EditorProps } from './editor-props.ts';
import { EmailEditor } from './EmailEditor.tsx';
import { PhoneEditor } from './PhoneEditor.tsx';
import { LongTextEditor, NumberEditor, TextEditor } from './TextEditor.tsx';

/** How a value of each type is edited; a type that this release does not know is a text. */
export const editors: Record<string, ComponentType<EditorProps>> = {
  text: TextEditor,
  email: EmailEditor,
  long_text: LongTextEditor,
  integer: NumberEditor,
  decimal: NumberEditor,
  boolean: BooleanEditor,
  date: DateEditor,
  date_time: MomentEditor,
  choice: ChoiceEditor,
  multiple_choice: MultipleChoiceEditor,
  language: LanguageEditor,
  time_zone: ZoneEditor,
  phone: PhoneEditor,
};
