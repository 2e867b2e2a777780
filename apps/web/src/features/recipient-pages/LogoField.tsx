import { Button, FileButton, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { LOGO_BYTES, type PageLogo, type RecipientPages } from '@perennial/contracts';
import { useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { useChange } from '../../app/data.ts';
import { problemWords } from '../../app/problem-words.ts';
import { useText } from '../../app/text.tsx';
import { useShowProblem } from '../../app/show-problem.ts';
import classes from './RecipientPages.module.css';

/** The logo is saved as soon as it is chosen: it is no text that somebody is still writing. */
export function LogoField({ logo, readOnly }: { logo: PageLogo | null; readOnly: boolean }) {
  const t = useText();
  const { formatNumber } = useIntl();
  const reset = useRef<() => void>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const showProblem = useShowProblem();
  const put = useChange<File, RecipientPages>(
    async (api, file) => api.put('/recipient_pages/logo', { data: await base64Of(file) }),
    ['/recipient_pages'],
  );
  const remove = useChange((api) => api.delete('/recipient_pages/logo'), ['/recipient_pages']);
  const choose = (file: File | null) => {
    reset.current?.();
    if (!file) return;
    if (file.size > LOGO_BYTES) return setProblem(t('pages.logo.tooLarge'));
    setProblem(null);
    put.mutate(file, {
      onSuccess: () => notifications.show({ message: t('pages.logo.saved') }),
      onError: (error) =>
        setProblem(error.errors[0]?.message ?? problemWords(error, t).detail ?? null),
    });
  };
  return (
    <div className={classes.logo}>
      <div className={classes.logoFrame}>
        {logo ? (
          <img src={logo.url} alt="" />
        ) : (
          <span className={classes.faint}>{t('pages.logo.none')}</span>
        )}
      </div>
      <div className={classes.logoText}>
        {readOnly ? null : (
          <div className={classes.row}>
            <FileButton
              resetRef={reset}
              accept="image/png,image/jpeg,image/webp,image/gif"
              onChange={choose}
            >
              {(props) => (
                <Button {...props} variant="default" loading={put.isPending}>
                  {t(logo ? 'pages.logo.replace' : 'pages.logo.choose')}
                </Button>
              )}
            </FileButton>
            {logo ? (
              <Button
                variant="subtle"
                color="gray"
                loading={remove.isPending}
                onClick={() =>
                  remove.mutate(undefined, {
                    onSuccess: () => notifications.show({ message: t('pages.logo.removed') }),
                    onError: showProblem,
                  })
                }
              >
                {t('pages.logo.remove')}
              </Button>
            ) : null}
          </div>
        )}
        {problem ? (
          <Text size="xs" c="red" role="alert">
            {problem}
          </Text>
        ) : (
          <div className={classes.hint}>
            {logo
              ? t('pages.logo.size', {
                  width: logo.width,
                  height: logo.height,
                  size: formatNumber(Math.max(1, Math.round(logo.bytes / 1_000)), {
                    style: 'unit',
                    unit: 'kilobyte',
                  }),
                })
              : t('pages.logo.hint')}
          </div>
        )}
      </div>
    </div>
  );
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // A data URL: what it holds is behind the comma.
    reader.onload = () => resolve((reader.result as string).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error(`${file.name} cannot be read.`));
    reader.readAsDataURL(file);
  });
}
