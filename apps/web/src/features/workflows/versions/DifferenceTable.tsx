import { useText } from '../../../app/text.tsx';
import type { Difference } from '../../../editor/edit/compare-drafts.ts';
import classes from './Versions.module.css';

/** Field by field, what was and what is. */
export function DifferenceTable({ differences }: { differences: readonly Difference[] }) {
  const t = useText();
  return (
    <table className={classes.differences}>
      <thead>
        <tr>
          <th>{t('workflows.versions.field')}</th>
          <th>{t('workflows.versions.before')}</th>
          <th>{t('workflows.versions.after')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ path, before, after }) => (
          <tr key={path}>
            <th scope="row">{path.slice(1).replaceAll('/', ' › ')}</th>
            <td data-side="before">
              <Value value={before} />
            </td>
            <td data-side="after">
              <Value value={after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value }: { value: unknown }) {
  const t = useText();
  if (value === undefined) {
    return <span className={classes.nothing}>{t('workflows.versions.nothing')}</span>;
  }
  return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>;
}
