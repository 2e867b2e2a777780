import type { SegmentPreview } from '@perennial/contracts';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ApiProblem } from '../../../../api.ts';
import { useApi } from '../../../../app/session.ts';
import { useText } from '../../../../app/text.tsx';
import type { Settings } from '../../blocks-forms/form-props.ts';
import { audienceOf } from './start-audience.ts';
import classes from './StartPreview.module.css';

/** How long typing rests before somebody is counted. */
const REST_MS = 600;

/** How many contacts a start is about, as they are now. */
export function AudienceCount({ start }: { start: Settings }) {
  const t = useText();
  const api = useApi();
  const audience = useMemo(() => audienceOf(start), [start]);
  const text = audience && JSON.stringify(audience.definition);
  const [asked] = useDebouncedValue(text, REST_MS);
  const { data, isError } = useQuery<SegmentPreview, ApiProblem>({
    queryKey: [api.workspace, 'start-audience', asked],
    queryFn: ({ signal }) =>
      api.post<SegmentPreview>(
        '/segments/preview',
        { definition: JSON.parse(asked!) as unknown },
        { signal },
      ),
    enabled: asked !== undefined && asked === text,
    staleTime: 60_000,
    retry: false,
  });
  // What cannot be asked, such as a filter that is being written, is told at its field.
  if (!audience || isError) return null;
  if (!data || asked !== text) return <p className={classes.muted}>{t('startForms.counting')}</p>;
  return (
    <p className={classes.line}>
      {t(`startForms.audience.${audience.said}`, { count: data.count })}
    </p>
  );
}
