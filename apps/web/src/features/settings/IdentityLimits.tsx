import { NumberInput } from '@mantine/core';
import {
  IDENTIFIER_LIMITS,
  MOST_IDENTIFIERS,
  type IdentifierRefusalCount,
  type LimitedIdentifier,
  type Page,
  type WorkspaceSettings,
} from '@perennial/contracts';
import { Time } from '@perennial/ui';
import { useState } from 'react';
import { useRead } from '../../app/data.ts';
import { Rich, useText } from '../../app/text.tsx';
import { kindWord } from '../merges/merge-words.ts';
import classes from './Settings.module.css';

type Limits = NonNullable<WorkspaceSettings['identifier_limits']>;

const kinds = Object.keys(IDENTIFIER_LIMITS) as LimitedIdentifier[];

interface IdentityLimitsProps {
  limits: Limits;
  readOnly: boolean;
  onChange: (limits: Limits) => void;
}

/** How many identifiers of a kind a contact may have, and whom that has held up. */
export function IdentityLimits({ limits, readOnly, onChange }: IdentityLimitsProps) {
  const t = useText();
  const refusals = useRead<Page<IdentifierRefusalCount>>('/identifier_refusals/summary');
  const refused = (kind: string) =>
    refusals.data?.items.find((row) => row.kind === kind && row.reason === 'too_many');
  const merges = refused('merge');
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{t('settings.workspace.limits')}</legend>
      <p className={classes.hint}>{t('settings.workspace.limits.hint')}</p>
      <table className={classes.limits}>
        <thead>
          <tr>
            <th scope="col">{t('settings.workspace.limits.kind')}</th>
            <th scope="col">{t('settings.workspace.limits.most')}</th>
            <th scope="col">{t('settings.workspace.limits.refused')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={`${kind} ${limits[kind]}`}>
              <th scope="row">{kindWord(t, kind)}</th>
              <td>
                <Limit
                  kind={kind}
                  limit={limits[kind]}
                  readOnly={readOnly}
                  onChange={(limit) => onChange(withLimit(limits, kind, limit))}
                />
              </td>
              <td>
                <Refused refused={refused(kind)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {merges ? (
        <p className={classes.hint}>
          {t('settings.workspace.limits.merges', { count: merges.contacts })}
        </p>
      ) : null}
    </fieldset>
  );
}

/** Undefined goes back to the usual limit. */
function withLimit(limits: Limits, kind: LimitedIdentifier, limit: number | undefined): Limits {
  const { [kind]: _before, ...others } = limits;
  return limit === undefined ? others : { ...others, [kind]: limit };
}

interface LimitProps {
  kind: LimitedIdentifier;
  limit: number | undefined;
  readOnly: boolean;
  onChange: (limit: number | undefined) => void;
}

/** Saved when it is left; left empty it is the usual one. */
function Limit({ kind, limit, readOnly, onChange }: LimitProps) {
  const t = useText();
  const usual = IDENTIFIER_LIMITS[kind];
  const [typed, setTyped] = useState<number | string>(limit ?? '');
  const save = () => {
    const chosen = typeof typed === 'number' ? typed : undefined;
    if (chosen !== limit) onChange(chosen);
  };
  return (
    <NumberInput
      aria-label={t('settings.workspace.limits.of', { kind: kindWord(t, kind) })}
      placeholder={String(usual)}
      value={typed}
      min={1}
      max={MOST_IDENTIFIERS}
      clampBehavior="blur"
      allowDecimal={false}
      size="sm"
      w={104}
      readOnly={readOnly}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

/** Contacts that had as many, and when one was last told so. */
function Refused({ refused }: { refused: IdentifierRefusalCount | undefined }) {
  const t = useText();
  if (!refused) return <span className={classes.muted}>{t('settings.workspace.limits.none')}</span>;
  return (
    <Rich
      id="settings.workspace.limits.contacts"
      values={{ count: refused.contacts, at: <Time key="at" at={refused.last_at} /> }}
    />
  );
}
