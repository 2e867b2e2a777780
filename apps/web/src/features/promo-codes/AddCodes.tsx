import {
  Alert,
  Button,
  FileButton,
  Group,
  Modal,
  Progress,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
} from '@mantine/core';
import type { PromoPool } from '@perennial/contracts';
import { useState } from 'react';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import classes from './PromoCodes.module.css';
import { useUpload, type Upload, type Uploaded } from './use-upload.ts';

/** Codes by paste or from a file, with how far they are and what was left out. */
export function AddCodes({ pool, onClose }: { pool: PromoPool; onClose: () => void }) {
  const t = useText();
  const [from, setFrom] = useState<'paste' | 'file'>('paste');
  const [text, setText] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const { upload, start, stop, reset } = useUpload(pool.id);
  const source = from === 'paste' ? text : file;
  const isEmpty = source === null || (typeof source === 'string' && source.trim() === '');
  const running = upload.step === 'running';
  return (
    <Modal
      opened
      // What is under way goes on until it is stopped.
      onClose={running ? stop : onClose}
      closeOnClickOutside={!running}
      size={560}
      title={t('promo.upload.title', { name: pool.name })}
    >
      <Stack gap={14}>
        {upload.step === 'idle' ? (
          <>
            <SegmentedControl
              value={from}
              data={(['paste', 'file'] as const).map((value) => ({
                value,
                label: t(`promo.upload.${value}`),
              }))}
              onChange={(value) => setFrom(value)}
            />
            {from === 'paste' ? (
              <Textarea
                data-autofocus
                label={t('promo.upload.codes')}
                description={t('promo.upload.codes.hint')}
                value={text}
                rows={9}
                spellCheck={false}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            ) : (
              <ChooseFile file={file} onChange={setFile} />
            )}
          </>
        ) : (
          <Outcome upload={upload} />
        )}
        <Group justify="flex-end">
          {running ? (
            <Button variant="default" onClick={stop}>
              {t('promo.upload.stop')}
            </Button>
          ) : (
            <Button variant="default" onClick={onClose}>
              {t(upload.step === 'idle' ? 'app.cancel' : 'promo.upload.close')}
            </Button>
          )}
          {upload.step === 'idle' ? (
            <Button disabled={isEmpty} onClick={() => source !== null && start(source)}>
              {t('promo.upload.start')}
            </Button>
          ) : null}
          {upload.step === 'failed' || upload.step === 'stopped' ? (
            <Button onClick={reset}>{t('promo.upload.again')}</Button>
          ) : null}
        </Group>
      </Stack>
    </Modal>
  );
}

function ChooseFile({
  file,
  onChange,
}: {
  file: File | null;
  onChange: (file: File | null) => void;
}) {
  const t = useText();
  return (
    <div className={classes.drop}>
      <div>
        <p dir="auto">{file ? file.name : t('promo.upload.choose')}</p>
        <Text size="sm" c="dimmed" component="p">
          {t('promo.upload.choose.hint')}
        </Text>
      </div>
      <FileButton accept=".csv,.txt,text/csv,text/plain" onChange={onChange}>
        {(props) => (
          <Button {...props} variant="default">
            {t(file ? 'promo.upload.another' : 'promo.upload.choose.button')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}

function Outcome({ upload }: { upload: Exclude<Upload, { step: 'idle' }> }) {
  const t = useText();
  const { step, sent } = upload;
  const { added, share } = sent;
  return (
    <>
      {step === 'running' ? (
        <div>
          <Progress value={share * 100} aria-label={t('promo.upload.progress', { share, added })} />
          <Text size="sm" mt={6} aria-live="polite">
            {t('promo.upload.progress', { share, added })}
          </Text>
        </div>
      ) : null}
      {step === 'done' || step === 'stopped' ? (
        <Text aria-live="polite">{t(`promo.upload.${step}`, { added })}</Text>
      ) : null}
      {step === 'failed' ? (
        <Alert color="red" variant="light" title={problemWords(upload.problem, t).detail}>
          {t('promo.upload.failed', { added })}
        </Alert>
      ) : null}
      <LeftOut sent={sent} />
    </>
  );
}

function LeftOut({ sent: { duplicates, invalid, refused } }: { sent: Uploaded }) {
  const t = useText();
  if (refused.length === 0) return null;
  const counts = [
    ...(duplicates > 0 ? [t('promo.upload.duplicates', { n: duplicates })] : []),
    ...(invalid > 0 ? [t('promo.upload.invalid', { n: invalid })] : []),
  ];
  return (
    <div>
      <Text size="sm" fw={500} mb={6}>
        {`${t('promo.upload.refused')}: ${counts.join(', ')}`}
      </Text>
      <ul className={classes.refused} tabIndex={0}>
        {refused.map(({ line, code, problem }) => (
          <li key={`${line} ${code}`}>
            <span>{t('promo.upload.line', { line })}</span>
            <span>
              <span className={classes.code}>{code}</span> {t(`promo.problem.${problem}`)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
