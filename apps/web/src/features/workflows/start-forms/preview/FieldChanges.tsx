import type { ChangePreview } from '@perennial/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import type { ApiProblem } from '../../../../api.ts';
import { useApi } from '../../../../app/session.ts';
import { useText } from '../../../../app/text.tsx';
import type { Settings } from '../../blocks-forms/form-props.ts';
import classes from './StartPreview.module.css';

const DAYS = 7;
/** How long typing rests before changes are counted. */
const REST_MS = 600;

/** Whose changes of a field would have started the workflow in the last days. */
export function FieldChanges({ start }: { start: Settings }) {
  const t = useText();
  const intl = useIntl();
  const api = useApi();
  const text = JSON.stringify({ start, days: DAYS });
  const [asked] = useDebouncedValue(text, REST_MS);
  const { data, isError } = useQuery<ChangePreview, ApiProblem>({
    queryKey: [api.workspace, 'start-changes', asked],
    queryFn: () => api.post<ChangePreview>('/workflows/preview_changes', JSON.parse(asked)),
    enabled: asked === text,
    staleTime: 60_000,
    retry: false,
  });
  // What cannot be asked is told at its field.
  if (isError) return null;
  if (!data || asked !== text) return <p className={classes.muted}>{t('startForms.counting')}</p>;
  const { contacts, times, from } = data;
  return (
    <p className={classes.line}>
      {t('startForms.changed', { contacts, times: times > contacts ? times : 0 })}{' '}
      {isWhole(from) ? null : t('startForms.changed.since', { at: intl.formatDate(from, SINCE) })}
    </p>
  );
}

const SINCE = { dateStyle: 'medium', timeStyle: 'short' } as const;

/** Of very many changes only the newest are looked at. */
function isWhole(from: string): boolean {
  return Date.now() - Date.parse(from) >= (DAYS - 0.01) * 86_400_000;
}
