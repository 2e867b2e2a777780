import type { TemplateProblemView } from '@perennial/contracts';
import { catalogue, type TextId } from '../../../app/catalogue.ts';
import { useText } from '../../../app/text.tsx';

/** Where the form shows a problem, such as “MJML, line 5”; undefined: it has no place for it. */
export function usePlaceName(
  channel: string,
): (problem: Pick<TemplateProblemView, 'path' | 'line'>) => string | undefined {
  const t = useText();
  return ({ path, line }) => {
    const [, member, index] = path.split('/');
    if (member === 'more_subjects') return t('subjects.one', { n: Number(index) + 2 });
    // The form of an e-mail alone lists what is wrong with its code.
    if (member === 'html' && channel !== 'email') return undefined;
    const kinds = channel === 'email' ? ['body', 'field'] : ['field'];
    const id = kinds
      .map((kind) => `messages.${kind}.${member}`)
      .find((each) => Object.hasOwn(catalogue, each));
    if (id === undefined) return undefined;
    const part = t(id as TextId);
    return line === null ? part : t('messages.preview.place', { part, line });
  };
}
