import { Button, Checkbox, Modal, SegmentedControl, TextInput } from '@mantine/core';
import type { GalleryContent, GalleryItem, ListedMessage, Message } from '@perennial/contracts';
import { ChannelIcon } from '@perennial/ui';
import { useState } from 'react';
import type { Api } from '../../../api.ts';
import { useChange } from '../../../app/data.ts';
import { problemWords } from '../../../app/problem-words.ts';
import { useText, type Say } from '../../../app/text.tsx';
import { useGo } from '../../../app/use-to.ts';
import { languageName } from '../library/language-name.ts';
import { usePicture } from '../library/use-picture.ts';
import type { MessageChannel, MessageContent } from '../message.ts';
import { ChannelPreview } from '../preview/ChannelPreview.tsx';
import { HtmlFrame } from '../preview/HtmlFrame.tsx';
import { starterContent } from '../starter-content.ts';
import { useGalleryPreview } from './use-gallery-preview.ts';
import classes from './BeginDialog.module.css';

/** What a message begins with. */
export type Beginning = { channel: MessageChannel } & (
  | { kind: 'blank' }
  | { kind: 'gallery'; item: GalleryItem }
  | { kind: 'template'; template: ListedMessage }
);

interface BeginDialogProps {
  beginning: Beginning;
  onClose: () => void;
}

interface Wanted {
  name: string;
  languages: string[];
}

/** Shows what a message would begin with as it will look, and asks for its name. */
export function BeginDialog({ beginning, onClose }: BeginDialogProps) {
  const t = useText();
  const go = useGo();
  const { kind, channel } = beginning;
  const offered = kind === 'gallery' ? beginning.item.languages : [];
  const [name, setName] = useState(kind === 'gallery' ? beginning.item.name : '');
  const [languages, setLanguages] = useState<string[]>(offered.slice(0, 1));
  const [shown, setShown] = useState(offered[0] ?? 'en');
  const begin = useChange<Wanted, Message>(
    (api, wanted) => beginWith(api, t, { beginning, wanted }),
    ['/messages'],
  );
  const hasPage = channel === 'email' || channel === 'in_app';
  const chooseLanguage = (language: string, on: boolean) => {
    setLanguages((now) => offered.filter((one) => (one === language ? on : now.includes(one))));
    if (on) setShown(language);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={kind === 'blank' ? 'md' : 960}
      title={
        <span className={classes.title}>
          <ChannelIcon channel={channel} size={20} />
          {titleOf(beginning, t)}
        </span>
      }
    >
      <div className={classes.root} data-blank={kind === 'blank' || undefined}>
        {kind === 'blank' ? null : (
          <Preview beginning={beginning} language={shown} hasPage={hasPage} />
        )}
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            begin.mutate(
              { name: name.trim(), languages },
              { onSuccess: (message) => go(`messages/${message.id}`) },
            );
          }}
        >
          {kind === 'gallery' ? <p className={classes.about}>{beginning.item.about}</p> : null}
          <TextInput
            data-autofocus
            label={t('gallery.name')}
            description={t('gallery.nameHint')}
            value={name}
            maxLength={200}
            error={begin.error ? problemWords(begin.error, t).detail : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {offered.length > 1 ? (
            <Checkbox.Group
              label={t('gallery.languages')}
              {...(languages[0] && {
                description: t('gallery.language.first', { language: languageName(languages[0]) }),
              })}
              value={languages}
            >
              <div className={classes.languages}>
                {offered.map((language) => (
                  <Checkbox
                    key={language}
                    value={language}
                    label={languageName(language)}
                    onChange={(event) => chooseLanguage(language, event.currentTarget.checked)}
                  />
                ))}
              </div>
            </Checkbox.Group>
          ) : null}
          {kind === 'gallery' ? <p className={classes.hint}>{t('gallery.links')}</p> : null}
          <Button
            type="submit"
            disabled={name.trim() === '' || (offered.length > 0 && languages.length === 0)}
            loading={begin.isPending}
          >
            {t('gallery.create')}
          </Button>
        </form>
      </div>
    </Modal>
  );
}

function titleOf(beginning: Beginning, t: Say): string {
  if (beginning.kind === 'gallery') return beginning.item.name;
  return beginning.kind === 'template' ? beginning.template.name : t('gallery.blank');
}

async function beginWith(
  api: Api,
  t: Say,
  { beginning, wanted }: { beginning: Beginning; wanted: Wanted },
): Promise<Message> {
  const { kind, channel } = beginning;
  const { name, languages } = wanted;
  if (kind === 'template') {
    return api.post(`/messages/${beginning.template.id}/copy`, { name, template: false });
  }
  if (kind === 'blank') {
    const content = { en: starterContent(channel, t) };
    return api.post('/messages', { name, channel, default_language: 'en', content });
  }
  const { content } = await api.get<GalleryContent>(`/message_gallery/${beginning.item.key}`, {
    query: { channel },
  });
  const chosen = languages.flatMap((language) =>
    content[language] ? [[language, content[language]] as const] : [],
  );
  return api.post('/messages', {
    name,
    channel,
    default_language: languages[0],
    content: Object.fromEntries(chosen),
  });
}

interface PreviewProps {
  beginning: Exclude<Beginning, { kind: 'blank' }>;
  language: string;
  hasPage: boolean;
}

function Preview({ beginning, language, hasPage }: PreviewProps) {
  const t = useText();
  const { channel } = beginning;
  const [width, setWidth] = useState('wide');
  return (
    <div className={classes.preview}>
      {hasPage ? (
        <SegmentedControl
          size="xs"
          value={width}
          onChange={setWidth}
          data={[
            { value: 'wide', label: t('gallery.wide') },
            { value: 'narrow', label: t('gallery.narrow') },
          ]}
        />
      ) : null}
      <div className={classes.stage} data-narrow={width === 'narrow' || undefined}>
        {beginning.kind === 'gallery' ? (
          <OfGallery itemKey={beginning.item.key} channel={channel} language={language} />
        ) : (
          <OfTemplate template={beginning.template} />
        )}
      </div>
    </div>
  );
}

function OfGallery(props: { itemKey: string; channel: string; language: string }) {
  const { data } = useGalleryPreview(props);
  return data?.content ? <Look channel={props.channel} content={data.content} /> : null;
}

function OfTemplate({ template }: { template: ListedMessage }) {
  const { data } = usePicture(template);
  return data?.content ? <Look channel={template.channel} content={data.content} /> : null;
}

function Look({ channel, content }: { channel: string; content: MessageContent }) {
  const subject = typeof content['subject'] === 'string' ? content['subject'] : '';
  if (typeof content['html'] !== 'string') {
    return <ChannelPreview channel={channel} content={content} />;
  }
  return (
    <>
      {subject ? (
        <div className={classes.subject} dir="auto">
          {subject}
        </div>
      ) : null}
      <HtmlFrame html={content['html']} title={subject} />
    </>
  );
}
