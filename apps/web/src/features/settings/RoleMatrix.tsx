import { ALL_RIGHTS, ALL_ROLES, ROLES, type Right } from '@perennial/contracts';
import { IconCheck } from '@tabler/icons-react';
import { useText } from '../../app/text.tsx';
import classes from './Settings.module.css';

/** Which role has which rights. */
export function RoleMatrix() {
  const t = useText();
  return (
    <section className={classes.roles}>
      <h2 className={classes.section}>{t('settings.users.roles')}</h2>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <td />
            {ALL_ROLES.map((role) => (
              <th key={role} scope="col">
                {t(`settings.role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ALL_RIGHTS.map((right) => (
            <tr key={right}>
              <th scope="row">{t(`settings.right.${right}`)}</th>
              {ALL_ROLES.map((role) => (
                <td key={role}>
                  {(ROLES[role].rights as readonly Right[]).includes(right) ? (
                    <IconCheck size={16} color="var(--p-accent)" aria-label={t('ui.yes')} />
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
