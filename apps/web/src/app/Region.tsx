import { useMemo, type ReactNode } from 'react';
import { IntlProvider, RawIntlProvider, useIntl, type IntlShape } from 'react-intl';
import { catalogue } from './catalogue.ts';

interface RegionProps {
  /** Decides how dates and numbers look: `en-GB`, `de-DE`. */
  format: string;
  timeZone: string;
  children: ReactNode;
}

/** Language of the catalogue; words and their plural rules are in it. */
const language = 'en';

/**
 * Words in the catalogue's language, dates and numbers in the user's format and zone. One locale
 * for both would pluralise English by the rules of, say, Polish.
 */
export function Region({ format, timeZone, children }: RegionProps) {
  return (
    <IntlProvider locale={format} timeZone={timeZone} onError={ignoreMissingData}>
      <WithWords timeZone={timeZone}>{children}</WithWords>
    </IntlProvider>
  );
}

function WithWords({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  const region = useIntl();
  return (
    <IntlProvider locale={language} timeZone={timeZone} messages={catalogue}>
      <Merged region={region}>{children}</Merged>
    </IntlProvider>
  );
}

function Merged({ region, children }: { region: IntlShape; children: ReactNode }) {
  const words = useIntl();
  const merged = useMemo(() => withFormatsOf(words, region), [words, region]);
  return <RawIntlProvider value={merged}>{children}</RawIntlProvider>;
}

function withFormatsOf(words: IntlShape, region: IntlShape): IntlShape {
  // Messages look formatters up in this very object, so it is changed in place.
  words.formatters.getNumberFormat = (_locale, options) =>
    region.formatters.getNumberFormat(region.locale, options);
  words.formatters.getDateTimeFormat = (_locale, options) =>
    region.formatters.getDateTimeFormat(region.locale, options);
  return {
    ...words,
    formatNumber: region.formatNumber,
    formatNumberToParts: region.formatNumberToParts,
    formatDate: region.formatDate,
    formatDateToParts: region.formatDateToParts,
    formatTime: region.formatTime,
    formatTimeToParts: region.formatTimeToParts,
    formatDateTimeRange: region.formatDateTimeRange,
  };
}

/** The outer provider has no messages and may be given a format the browser lacks data for. */
function ignoreMissingData(): void {}
