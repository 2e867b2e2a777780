import { Select, TextInput } from '@mantine/core';
import type { Workspace } from '@perennial/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router';
import { currencyNames, zoneNames } from '../features/session/regions.ts';
import { browserRegion } from './browser-region.ts';
import { useChange } from './data.ts';
import { FormDialog } from './FormDialog.tsx';
import { problemWords } from './problem-words.ts';
import { sessionKey } from './SessionGate.tsx';
import { slugOf } from './slug-of.ts';
import { useText } from './text.tsx';
import classes from './NewWorkspace.module.css';

const USUAL_CURRENCY = 'USD';

/** Founds a workspace for another app or brand, with its own data, keys and users. */
export function NewWorkspace({ onClose }: { onClose: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const zones = useMemo(() => zoneNames(browserRegion.timeZone), []);
  const [name, setName] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const [zone, setZone] = useState(browserRegion.timeZone);
  const { locale } = useIntl();
  const currencies = useMemo(() => currencyNames(locale, USUAL_CURRENCY), [locale]);
  const [currency, setCurrency] = useState(USUAL_CURRENCY);
  const key = slug ?? slugOf(name);
  const found = useChange(
    async (api, workspace: Pick<Workspace, 'name' | 'slug' | 'time_zone' | 'currency'>) => {
      await api.post('/workspaces', workspace);
      await queries.invalidateQueries({ queryKey: sessionKey });
    },
    [],
  );
  const submit = () => {
    found.mutate(
      { name: name.trim(), slug: key, time_zone: zone, currency },
      {
        onSuccess: () => {
          onClose();
          void navigate(`/w/${key}`);
        },
      },
    );
  };
  return (
    <FormDialog
      title={t('app.workspace.new')}
      action={t('app.create')}
      ready={name.trim() !== '' && key !== ''}
      pending={found.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.detail}>{t('app.workspace.new.detail')}</p>
      <TextInput
        data-autofocus
        label={t('app.workspace.new.name')}
        value={name}
        maxLength={100}
        dir="auto"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('app.workspace.new.slug')}
        description={t('app.workspace.new.slugHint')}
        value={key}
        maxLength={63}
        error={found.error ? problemWords(found.error, t).detail : null}
        onChange={(event) => setSlug(event.currentTarget.value)}
      />
      <Select
        label={t('app.workspace.new.zone')}
        data={zones}
        value={zone}
        searchable
        allowDeselect={false}
        onChange={(next) => next && setZone(next)}
      />
      <Select
        label={t('app.workspace.new.currency')}
        data={currencies}
        value={currency}
        searchable
        allowDeselect={false}
        onChange={(next) => next && setCurrency(next)}
      />
    </FormDialog>
  );
}
