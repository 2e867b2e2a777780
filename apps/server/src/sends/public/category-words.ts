import type { CategoryRow } from '../../categories/index.ts';
import { chooseLanguage } from '../../messages/index.ts';

type Words = Pick<CategoryRow, 'name' | 'description'>;

/** What a category is called in the first of these languages that has a word for it, else as it is. */
export function categoryWords(
  { name, description, translations }: Words & Pick<CategoryRow, 'translations'>,
  languages: readonly string[],
): Words {
  const say = (part: keyof Words, otherwise: string): string => {
    const having = Object.keys(translations).filter((tag) => translations[tag]![part]);
    const tag = chooseLanguage({ languages: having, wanted: languages, fallback: '' });
    return translations[tag]?.[part] ?? otherwise;
  };
  return { name: say('name', name), description: say('description', description) };
}
