import type { PersonalisationDifference } from '@perennial/contracts';
import { CodeDiff } from '@perennial/ui';
import { contentDifference, type FieldDifference } from './content-difference.ts';
import { languageName } from './language-name.ts';
import type { MessageContent } from '../message.ts';
import { RuleDifference } from './RuleDifference.tsx';
import { useFieldName } from './use-field-name.ts';
import { WordDifference } from './WordDifference.tsx';
import classes from './Versions.module.css';

interface ContentDifferenceProps {
  before: Record<string, MessageContent>;
  after: Record<string, MessageContent>;
  /** What they do differently where they cannot be filled in. */
  rules: readonly PersonalisationDifference[];
  /** Said when nothing differs. */
  none: string;
}

/** What differs between two contents, by language and field: code by line, the rest by word. */
export function ContentDifference({ before, after, rules, none }: ContentDifferenceProps) {
  const languages = contentDifference(before, after);
  if (languages.length === 0 && rules.length === 0) {
    return <p className={classes.none}>{none}</p>;
  }
  const sections = languages.map(({ language, fields }) => (
    <section key={language} className={classes.language}>
      <h2 className={classes.languageName}>{languageName(language)}</h2>
      {fields.map((field) => (
        <Field key={field.name} field={field} />
      ))}
    </section>
  ));
  return (
    <>
      {sections}
      <RuleDifference rules={rules} />
    </>
  );
}

function Field({ field: { name, kind, before, after } }: { field: FieldDifference }) {
  const label = useFieldName()(name);
  return (
    <div className={classes.field}>
      <h3 className={classes.fieldName}>{label}</h3>
      {kind === 'words' ? (
        <WordDifference before={before} after={after} />
      ) : (
        <CodeDiff label={label} language={kind} before={before} after={after} />
      )}
    </div>
  );
}
