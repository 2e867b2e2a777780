import { catalogue, type TextId } from '../../../app/catalogue.ts';
import { useText } from '../../../app/text.tsx';

const CODES: Record<string, TextId> = {
  mjml: 'messages.body.mjml',
  html: 'messages.body.html',
};

/** What a member of a content is called in its form; one that no form knows, by its key. */
export function useFieldName(): (field: string) => string {
  const t = useText();
  return (field) => {
    const id = CODES[field] ?? `messages.field.${field}`;
    return Object.hasOwn(catalogue, id) ? t(id as TextId) : field;
  };
}
