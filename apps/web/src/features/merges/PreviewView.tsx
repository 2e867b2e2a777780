import type { MergePreview } from '@perennial/contracts';
import { Time } from '@perennial/ui';
import { catalogue, type TextId } from '../../app/catalogue.ts';
import { useText } from '../../app/text.tsx';
import { fieldLabel } from '../contacts/field-label.ts';
import { FieldText } from '../contacts/FieldText.tsx';
import { useCardFields } from '../contacts/use-card-fields.ts';
import classes from './Merges.module.css';

interface PreviewViewProps {
  preview: MergePreview;
  /** Names by contact ID. */
  names: ReadonlyMap<string, string>;
}

/** Side by side: what each contact has, and which value is kept. */
export function PreviewView({ preview, names }: PreviewViewProps) {
  const t = useText();
  const known = useCardFields();
  const { survivor, merged, fields, ends } = preview;
  return (
    <>
      <div className={classes.side}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('merges.dialog.field')}</th>
              <th scope="col" dir="auto">
                {names.get(survivor)}
                <span className={classes.set}>
                  {survivor} · {t('merges.dialog.survives')}
                </span>
              </th>
              <th scope="col" dir="auto">
                {names.get(merged)}
                <span className={classes.set}>
                  {merged} · {t('merges.dialog.merged')}
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map((row) => (
              <tr key={row.field}>
                <th scope="row" dir="auto">
                  {row.field === 'external_id'
                    ? t('contacts.column.externalId')
                    : fieldLabel(row.field, known)}
                </th>
                <Side side={row.survivor} kept={row.takes === 'survivor'} />
                <Side side={row.merged} kept={row.takes === 'merged'} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes.facts}>
        <Identifiers identifiers={preview.identifiers} />
        <Moves moves={preview.moves} />
        {ends.length > 0 ? (
          <span className={classes.warn}>
            {t('merges.dialog.ends', {
              n: ends.length,
              names: ends.map((run) => run.workflow_name).join(', '),
            })}
          </span>
        ) : null}
      </div>
    </>
  );
}

function Side({
  side: { value, set_at: at, source },
  kept,
}: {
  side: MergePreview['fields'][number]['survivor'];
  kept: boolean;
}) {
  return (
    <td data-kept={kept || undefined} dir="auto">
      <FieldText value={value} />
      {at && value !== null ? (
        <span className={classes.set}>
          {source} · <Time at={at} />
        </span>
      ) : null}
    </td>
  );
}

function Identifiers({ identifiers }: Pick<MergePreview, 'identifiers'>) {
  const t = useText();
  const that = (becomes: 'former' | 'dropped') =>
    identifiers.filter((row) => row.becomes === becomes).map(({ value }) => value);
  const [former, dropped] = [that('former'), that('dropped')];
  return (
    <>
      {former.length > 0 ? (
        <span>{t('merges.dialog.former', { values: former.join(', ') })}</span>
      ) : null}
      {dropped.length > 0 ? (
        <span>{t('merges.dialog.dropped', { values: dropped.join(', ') })}</span>
      ) : null}
    </>
  );
}

function Moves({ moves }: Pick<MergePreview, 'moves'>) {
  const t = useText();
  const words = Object.entries(moves).flatMap(([table, n]) => {
    const id = `merges.moves.${table}`;
    return Object.hasOwn(catalogue, id) ? [t(id as TextId, { n })] : [];
  });
  return (
    <span>
      {words.length > 0
        ? `${t('merges.dialog.moves')}: ${words.join(', ')}`
        : t('merges.dialog.moves.none')}
    </span>
  );
}
