import { EMAIL, type Found, type MessageCheck } from './check.ts';
import { isDynamic, type PageImage } from './read-page.ts';
import { faultOf, type AddressFault } from './web-address.ts';

type Words = Pick<Found, 'severity' | 'message' | 'advice'>;

/** Pictures whose address is wrong, that say nothing when they are not shown, or break the layout. */
export const images: MessageCheck = {
  key: 'images',
  channels: EMAIL,
  find: ({ page, pagePath: path }) =>
    (page?.images ?? []).flatMap((image) => {
      const { src } = image;
      const words = [...aboutAddress(image), ...aboutLooks(image, path === '/mjml')];
      return words.map((each) => ({ path, ...each, ...(src && { piece: src }) }));
    }),
};

function aboutAddress({ src = '' }: PageImage): Words[] {
  if (isDynamic(src)) return [];
  const fault = faultOf(src);
  if (fault) return [addressWords[fault](src)];
  return /\.svg(?:[?#]|$)/i.test(src) ? [SVG] : [];
}

/** MJML writes an empty `alt` where its writer gave none. */
function aboutLooks(image: PageImage, isMjml: boolean): Words[] {
  const { alt, width, inLink } = image;
  const name = nameOf(image);
  const words: Words[] = [];
  if (alt === undefined || (alt.trim() === '' && (isMjml || inLink))) {
    words.push({
      severity: 'warning',
      message: `${name} has no words (alt): nothing is there where pictures are off, and nothing is read aloud.`,
      advice: 'Say in alt what it shows; for mere decoration, give an empty alt and no link.',
    });
  }
  if (width === undefined) {
    words.push({
      severity: 'hint',
      message: `${name} has no width: Outlook shows it in its own size and may break the layout.`,
      advice: 'Give it a width in pixels.',
    });
  }
  return words;
}

function nameOf({ src = '' }: PageImage): string {
  const file = src.split(/[?#]/)[0]!.split('/').at(-1)?.slice(0, 60);
  return file && !src.startsWith('data:') ? `The picture “${file}”` : 'A picture';
}

const SVG: Words = {
  severity: 'warning',
  message: 'A picture is an SVG, which Gmail and Outlook do not show.',
  advice: 'Use PNG, JPEG or GIF.',
};

const nowhere = (): Words => ({
  severity: 'error',
  message: 'A picture has no address.',
  advice: 'Give it a src, or take it out.',
});

const addressWords: Record<AddressFault, (src: string) => Words> = {
  empty: nowhere,
  nowhere,
  script: () => ({
    severity: 'error',
    message: 'The address of a picture is a script.',
    advice: 'Give it the address of a picture.',
  }),
  data: () => ({
    severity: 'warning',
    message: 'A picture is inside of the HTML (data:). Gmail and Outlook do not show it.',
    advice: 'Put it on a web server and give its address.',
  }),
  relative: (src) => ({
    severity: 'error',
    message: `The picture “${src.slice(0, 80)}” has only half an address: mail programs cannot find it.`,
    advice: 'Write the whole address, beginning with https://.',
  }),
  unparseable: (src) => ({
    severity: 'error',
    message: `“${src.slice(0, 80)}” is no web address, so no picture is shown.`,
    advice: 'Correct the address.',
  }),
  private: (src) => ({
    severity: 'error',
    message: `The picture “${src.slice(0, 80)}” is in your own network, where readers are not.`,
    advice: 'Put it on a public web server.',
  }),
  plain: (src) => ({
    severity: 'warning',
    message: `The picture “${src.slice(0, 80)}” is not encrypted (http): some mail programs do not load it.`,
    advice: 'Use https.',
  }),
};
