import type { TemplateProblemView } from '@perennial/contracts';
import type { ReactNode } from 'react';
import type { MessageContent } from './message.ts';

/** What every form for the content of one language gets. */
export interface ContentFormProps {
  channel: string;
  content: MessageContent;
  onChange: (content: MessageContent) => void;
  readOnly: boolean;
  /** Message for the member at a JSON pointer within the content. */
  errorAt: (pointer: string) => string | undefined;
  /** What the server says of the draft, shortly after typing pauses. */
  problems: readonly TemplateProblemView[];
  /** The plain text as it is made of the HTML, with its Liquid. */
  madeText: string | null;
  /** Of the type of event in the preview, to be offered while somebody types. */
  eventParameters: readonly string[];
  /** What the message says for all languages. */
  settings: ReactNode;
}
