import { frameHtml, type Scheme } from './frame-html.ts';
import classes from './Preview.module.css';

interface HtmlFrameProps {
  html: string;
  title: string;
  scheme?: Scheme;
}

/**
 * A message in a frame of its own: no scripts, no origin, so that nothing in it can touch the
 * interface; links may open a new tab.
 */
export function HtmlFrame({ html, title, scheme = 'light' }: HtmlFrameProps) {
  return (
    <iframe
      className={classes.frame}
      data-dark={scheme !== 'light' || undefined}
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={frameHtml(html, scheme)}
    />
  );
}
