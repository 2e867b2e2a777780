import type { MessageContent } from './message.ts';

/** What every form for the content of one language gets. */
export interface ContentFormProps {
  channel: string;
  content: MessageContent;
  onChange: (content: MessageContent) => void;
  readOnly: boolean;
  /** Message for the member at a JSON pointer within the content. */
  errorAt: (pointer: string) => string | undefined;
}
