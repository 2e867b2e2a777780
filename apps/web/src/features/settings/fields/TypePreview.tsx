import { Alert } from '@mantine/core';
import type { FieldTypePreview, FieldTypeUse } from '@perennial/contracts';
import { IconAlertTriangle, IconBan } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../../../app/text.tsx';
import { useTo } from '../../../app/use-to.ts';
import classes from './Fields.module.css';

/** What becomes of the values, with examples, and what stands against it. */
export function TypePreview({ preview }: { preview: FieldTypePreview }) {
  const t = useText();
  const { uses, examples, exact } = preview;
  const counts = (['converted', 'unchanged', 'cannot'] as const).map((what) => ({
    what,
    count: preview[what],
  }));
  return (
    <>
      <ul className={classes.outcomes} aria-label={t('settings.fields.typeChange.outcomes')}>
        {counts.map(({ what, count }) => (
          <li key={what} data-what={what} data-none={count === 0 || undefined}>
            <strong>
              {exact ? '' : '≈ '}
              {t('settings.fields.typeChange.number', { count })}
            </strong>
            <span>{t(`settings.fields.typeChange.${what}`, { count })}</span>
          </li>
        ))}
      </ul>
      {examples.length > 0 ? (
        <table className={classes.examples}>
          <thead>
            <tr>
              <th scope="col">{t('settings.fields.typeChange.value')}</th>
              <th scope="col">{t('settings.fields.typeChange.becomes')}</th>
              <th scope="col">{t('settings.fields.typeChange.contacts')}</th>
            </tr>
          </thead>
          <tbody>
            {examples.map((example, n) => (
              <tr key={n} data-cannot={example.reason !== null || undefined}>
                <td dir="auto">{textOf(example.value)}</td>
                <td dir="auto">
                  {example.reason === null ? (
                    textOf(example.becomes)
                  ) : (
                    <span className={classes.warning}>{example.reason}</span>
                  )}
                </td>
                <td>{t('settings.fields.typeChange.number', { count: example.contacts })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {exact ? null : <p className={classes.muted}>{t('settings.fields.typeChange.sample')}</p>}
      <Uses
        uses={uses.filter(({ blocks }) => blocks)}
        title={t('settings.fields.typeChange.blocked')}
        color="red"
      />
      <Uses
        uses={uses.filter(({ blocks }) => !blocks)}
        title={t('settings.fields.typeChange.warned')}
        color="yellow"
      />
    </>
  );
}

function Uses({
  uses,
  title,
  color,
}: {
  uses: FieldTypeUse[];
  title: string;
  color: 'red' | 'yellow';
}) {
  const t = useText();
  const to = useTo();
  if (uses.length === 0) return null;
  const icon = color === 'red' ? <IconBan size={18} /> : <IconAlertTriangle size={18} />;
  return (
    <Alert color={color} variant="light" title={title} icon={icon}>
      <ul className={classes.uses}>
        {uses.map(({ kind, id, name, problem }) => (
          <li key={`${kind} ${id}`}>
            {kind === 'workflow' ? (
              <Link to={to(`workflows/${id}`)}>{name}</Link>
            ) : (
              t(`settings.fields.typeChange.use.${kind}`, { name })
            )}
            {': '}
            {problem}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** As a person would write it: texts without quotes. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
