import { Alert } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { Workflow } from '@perennial/contracts';
import { useState, type ComponentType } from 'react';
import { useChange } from '../../../app/data.ts';
import { problemWords } from '../../../app/problem-words.ts';
import { useText } from '../../../app/text.tsx';
import type { GraphBlock } from '../../../editor/graph.ts';
import { withSettings, type BlockSettings } from '../message-settings.ts';
import { useVerdict } from '../use-verdict.ts';
import classes from '../Workflows.module.css';
import type { OwnFormProps } from './own-form-props.ts';
import { PromoCodeForm } from './PromoCodeForm.tsx';
import { WebhookForm } from './WebhookForm.tsx';

/** Kinds of block that have their form here. */
export const ownForms: Readonly<Record<string, ComponentType<OwnFormProps>>> = {
  webhook: WebhookForm,
  promo_code: PromoCodeForm,
};

interface OwnBlockFormProps {
  workflow: Workflow;
  block: GraphBlock;
  /** The draft is what is edited from now on. */
  onEdit: () => void;
}

/** How long typing rests before the draft is saved. */
const rest = 600;

/** The settings of a block: changes are saved in the draft, as they are made. */
export function OwnBlockForm({ workflow, block, onEdit }: OwnBlockFormProps) {
  const t = useText();
  const [settings, setSettings] = useState<BlockSettings>(block.settings);
  const verdict = useVerdict(workflow.definition, true);
  const save = useChange<BlockSettings, Workflow>(
    (api, changed) =>
      api.patch<Workflow>(`/workflows/${workflow.id}`, {
        definition: withSettings(workflow.definition, block.id, changed),
      }),
    ['/workflows'],
  );
  const saveSoon = useDebouncedCallback(
    (changed: BlockSettings) =>
      save.mutate(changed, {
        // What was sealed meanwhile is not sent, and sealed, again.
        onSuccess: ({ definition }) => setSettings((now) => withSealed(now, definition, block.id)),
      }),
    rest,
  );
  const Form = ownForms[block.type]!;
  const change = (changed: BlockSettings) => {
    const given = Object.fromEntries(
      Object.entries(changed).filter(([, value]) => value !== undefined),
    );
    // Before it is saved: what is published is not what this form shows any more.
    onEdit();
    setSettings(given);
    saveSoon(given);
  };
  const at = `/blocks/${block.id}`;
  return (
    <div className={classes.blockForm} style={{ marginTop: 16 }}>
      <Form
        settings={settings}
        onChange={change}
        errorAt={(path) => verdict.data?.errors.find((error) => error.path === at + path)?.message}
      />
      {save.error ? (
        <Alert color="red" variant="light">
          {problemWords(save.error, t).detail}
        </Alert>
      ) : null}
    </div>
  );
}

/** The settings with the secrets as the draft has them now: by their numbers. */
function withSealed(settings: BlockSettings, definition: unknown, id: string): BlockSettings {
  const { blocks } = definition as { blocks?: Record<string, BlockSettings> };
  const saved = blocks?.[id];
  if (!saved) return settings;
  const { secret, headers } = settings;
  return {
    ...settings,
    ...(typeof secret === 'string' && { secret: saved['secret'] }),
    ...(headers !== undefined && { headers: saved['headers'] }),
  };
}
