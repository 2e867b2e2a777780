import type { EventTypeSchema } from '@perennial/contracts';
import { Time } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import classes from './Events.module.css';

const examplesShown = 5;

/** Parameters by path, with the types and examples that were seen. */
export function SchemaTable({ parameters }: Pick<EventTypeSchema, 'parameters'>) {
  const t = useText();
  if (parameters.length === 0) return <p className={classes.note}>{t('events.type.noSchema')}</p>;
  return (
    <table className={classes.schema}>
      <thead>
        <tr>
          <th scope="col">{t('events.type.parameter')}</th>
          <th scope="col">{t('events.type.types')}</th>
          <th scope="col">{t('events.type.examples')}</th>
          <th scope="col">{t('events.type.lastSeen')}</th>
        </tr>
      </thead>
      <tbody>
        {parameters.map((parameter) => (
          <tr key={parameter.path}>
            <td className={classes.path}>{parameter.path}</td>
            <td>{parameter.types.join(', ')}</td>
            <td>
              <span className={classes.examples}>
                {parameter.examples.slice(0, examplesShown).map((example, index) => (
                  <span key={index} className={classes.example} dir="auto">
                    {typeof example === 'string' ? example : JSON.stringify(example)}
                  </span>
                ))}
              </span>
            </td>
            <td>
              <Time at={parameter.last_seen_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
