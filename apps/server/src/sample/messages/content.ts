import type { JsonObject } from '../../inbox/index.ts';

/** A message of the sample, as the management API would take it. */
export interface SampleMessage {
  /** What workflows of the sample refer to. */
  key: string;
  name: string;
  tags: string[];
  /** Keys of categories; without any it is for everybody. */
  categories?: string[];
  content: { en: EmailContent; uk?: EmailContent };
}

export interface EmailContent extends JsonObject {
  subject: string;
  preheader: string;
  from: string;
  mjml: string;
}

export const SENDER = 'Stride <hello@stride.example>';
