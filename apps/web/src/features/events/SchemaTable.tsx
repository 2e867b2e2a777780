import { Time } from '@perennial/ui';
import { useText } from '../../app/text.tsx';
import { typeNames, type SchemaParameter } from './event-type.ts';
import classes from './Events.module.css';

const examplesShown = 5;

/** Parameters by path, with the types and examples that were seen. */
export function SchemaTable({ parameters }: { parameters: readonly SchemaParameter[] }) {
  const t = useText();
  if (parameters.length === 0) return <p className={classes.note}>{t('events.type.noSchema')}</p>;
  const dated = parameters.some((parameter) => parameter.last_seen_at);
  return (
    <table className={classes.schema}>
      <thead>
        <tr>
          <th scope="col">{t('events.type.parameter')}</th>
          <th scope="col">{t('events.type.types')}</th>
          <th scope="col">{t('events.type.examples')}</th>
          {dated ? <th scope="col">{t('events.type.lastSeen')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {parameters.map((parameter) => (
          <tr key={parameter.path}>
            <td className={classes.path}>{parameter.path}</td>
            <td>{typeNames(parameter.types).join(', ')}</td>
            <td>
              <span className={classes.examples}>
                {parameter.examples.slice(0, examplesShown).map((example, index) => (
                  <span key={index} className={classes.example} dir="auto">
                    {typeof example === 'string' ? example : JSON.stringify(example)}
                  </span>
                ))}
              </span>
            </td>
            {dated ? (
              <td>
                <Time at={parameter.last_seen_at} />
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
