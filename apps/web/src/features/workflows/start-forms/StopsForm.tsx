import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { checkStop, stopSchemas, type StopType } from '@perennial/blocks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useText } from '../../../app/text.tsx';
import type { BlockWords } from '../../../editor/use-block-words.ts';
import type { Vocabulary } from '../../conditions/vocabulary.ts';
import type { Settings } from '../blocks-forms/form-props.ts';
import { partErrors } from './part-errors.ts';
import { stopForms } from './registry.ts';
import classes from '../blocks-forms/BlocksForms.module.css';

const stopTypes = Object.keys(stopSchemas) as StopType[];
const MOST_STOPS = 100;

interface StopsFormProps {
  stops: readonly Settings[];
  vocabulary: Vocabulary;
  words: BlockWords;
  readOnly: boolean;
  onChange: (stops: readonly Settings[]) => void;
}

/** What ends runs at once, wherever they stand. */
export function StopsForm({ stops, vocabulary, words, readOnly, onChange }: StopsFormProps) {
  const t = useText();
  return (
    <fieldset className={classes.form} disabled={readOnly}>
      <p className={classes.hint}>{t('startForms.stops.hint')}</p>
      {stops.map((stop, index) => (
        <StopCard
          // oxlint-disable-next-line react/no-array-index-key -- stops have no names
          key={index}
          stop={stop}
          said={words.stopOf({ ...stop })}
          vocabulary={vocabulary}
          onChange={(next) => onChange(stops.with(index, next))}
          onRemove={() => onChange(stops.toSpliced(index, 1))}
        />
      ))}
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            className={classes.alone ?? ''}
            leftSection={<IconPlus size={14} />}
            disabled={stops.length >= MOST_STOPS}
          >
            {t('startForms.stops.add')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {stopTypes.map((type) => (
            <Menu.Item key={type} onClick={() => onChange([...stops, newStop(type)])}>
              {t(`startForms.stop.${type}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </fieldset>
  );
}

interface StopCardProps {
  stop: Settings;
  said: string;
  vocabulary: Vocabulary;
  onChange: (stop: Settings) => void;
  onRemove: () => void;
}

function StopCard({ stop, said, vocabulary, onChange, onRemove }: StopCardProps) {
  const t = useText();
  const kind = String(stop['type']);
  const Form = Object.hasOwn(stopForms, kind) ? stopForms[kind as StopType] : undefined;
  return (
    <section className={classes.case} aria-label={said}>
      <header className={classes.caseHead}>
        <h4 className={classes.caseName} dir="auto">
          {said}
        </h4>
        <Tooltip label={t('startForms.stops.remove')}>
          <ActionIcon size={24} aria-label={t('startForms.stops.remove')} onClick={onRemove}>
            <IconTrash size={14} />
          </ActionIcon>
        </Tooltip>
      </header>
      {Form ? (
        <Form
          part={stop}
          onChange={onChange}
          vocabulary={vocabulary}
          errorAt={partErrors(stop, checkStop, t).errorAt}
        />
      ) : (
        <p className={classes.hint}>{t('blockForms.none')}</p>
      )}
    </section>
  );
}

function newStop(type: StopType): Settings {
  return type === 'segment' ? { type, segment: '' } : { type, event: '' };
}
