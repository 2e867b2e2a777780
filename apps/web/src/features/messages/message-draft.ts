import type { Message, MessageSending, Personalisation } from '@perennial/contracts';
import { sameJson } from '../../app/same-json.ts';
import type { MessageContent } from './message.ts';
import { savedFallbacks } from './personalisation/fallbacks.ts';

/** What the editor changes; the rest of a message stays as it is. */
export type MessageDraft = Pick<Message, 'name' | 'default_language' | 'content' | 'categories'> & {
  sending: MessageSending;
  personalisation: Personalisation;
};

export function draftOf(message: Message): MessageDraft {
  const { name, default_language, content, categories } = message;
  const sending = message.sending as MessageSending;
  const personalisation = message.personalisation as Personalisation;
  return { name, default_language, content, categories, sending, personalisation };
}

export function withContent(
  draft: MessageDraft,
  language: string,
  content: MessageContent,
): MessageDraft {
  return { ...draft, content: { ...draft.content, [language]: content } };
}

/** A new language starts as a copy of the default one: translating is easier than writing. */
export function withLanguage(draft: MessageDraft, language: string): MessageDraft {
  if (draft.content[language]) return draft;
  return withContent(draft, language, { ...draft.content[draft.default_language] });
}

/** The default language cannot be taken out: everyone without a version of their own gets it. */
export function withoutLanguage(draft: MessageDraft, language: string): MessageDraft {
  if (language === draft.default_language) return draft;
  const { [language]: _gone, ...content } = draft.content;
  return { ...draft, content };
}

/** The default language first, the others by tag. */
export function languagesOf(draft: MessageDraft): string[] {
  const others = Object.keys(draft.content).filter((tag) => tag !== draft.default_language);
  return [draft.default_language, ...others.sort()];
}

/** Only the members that differ, as the server takes them; nothing when nothing does. */
export function changeBetween(
  saved: MessageDraft,
  draft: MessageDraft,
): Partial<MessageDraft> | null {
  const change: Partial<MessageDraft> = {};
  if (draft.name !== saved.name) change.name = draft.name;
  if (draft.default_language !== saved.default_language) {
    change.default_language = draft.default_language;
  }
  if (!sameJson(draft.content, saved.content)) change.content = draft.content;
  if (draft.categories.toSorted().join() !== saved.categories.toSorted().join()) {
    change.categories = draft.categories;
  }
  if (!sameJson(draft.sending, saved.sending)) change.sending = draft.sending;
  const personalisation = toSave(draft.personalisation);
  if (!sameJson(personalisation, saved.personalisation)) {
    change.personalisation = personalisation;
  }
  return Object.keys(change).length > 0 ? change : null;
}

/** Without what was begun and says nothing yet. */
export function toSave(personalisation: Personalisation): Personalisation {
  return { ...personalisation, fallbacks: savedFallbacks(personalisation.fallbacks) };
}
