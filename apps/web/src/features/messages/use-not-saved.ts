import { useIntl } from 'react-intl';
import type { ApiProblem } from '../../api.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { languageName } from './library/language-name.ts';
import { usePlaceName } from './preview/use-place-name.ts';

/** Says that something was not saved. Where the form says what is wrong, that is enough. */
export function useNotSaved(channel: string): (error: ApiProblem, language: string) => string {
  const t = useText();
  const { formatList } = useIntl();
  const placeName = usePlaceName(channel);
  return (error, language) => {
    const marked = error.errors.map(({ path }) => {
      const [tag, place] = split(path, language);
      const name = placeName({ path: place, line: null });
      return name && tag !== language ? `${name} (${languageName(tag)})` : name;
    });
    const places = marked.filter((place) => place !== undefined);
    if (places.length === 0 || places.length < marked.length) {
      return t('messages.saveFailed', { reason: problemWords(error, t).detail });
    }
    return t('messages.saveFailedAt', { places: formatList(new Set(places)) });
  };
}

/** The language of a pointer, and the rest of it; what has no language is of the one that is shown. */
function split(path: string, shown: string): [language: string, place: string] {
  if (!path.startsWith('/content/')) return [shown, path];
  const [, , tag = '', ...rest] = path.split('/');
  return [tag, `/${rest.join('/')}`];
}
