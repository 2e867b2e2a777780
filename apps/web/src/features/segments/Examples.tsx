import { Link } from 'react-router';
import { useText } from '../../app/text.tsx';
import { useTo } from '../../app/use-to.ts';
import { useConditionWords } from '../conditions/use-condition-words.ts';
import { useVocabulary } from '../conditions/use-vocabulary.ts';
import { examplesOf } from './editor/examples.ts';
import classes from './Segments.module.css';

/** Segments to begin with, about what this workspace has. */
export function Examples({ wide }: { wide?: boolean }) {
  const t = useText();
  const to = useTo();
  const { vocabulary } = useVocabulary();
  const words = useConditionWords(vocabulary);
  if (!vocabulary) return null;
  return (
    <section className={classes.examples} data-wide={wide || undefined}>
      <h3 className={classes.examplesTitle}>{t('segments.example.title')}</h3>
      {examplesOf(vocabulary, t).map(({ id, name, definition }) => (
        <Link
          key={id}
          className={classes.example}
          to={to(`segments/new?kind=dynamic&example=${id}`)}
        >
          <span className={classes.exampleName}>{name}</span>
          <span className={classes.exampleRule}>{words.say(definition)}</span>
        </Link>
      ))}
    </section>
  );
}
