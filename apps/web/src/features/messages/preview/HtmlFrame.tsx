import classes from './Preview.module.css';

interface HtmlFrameProps {
  html: string;
  title: string;
  /** Shows what programs do that turn light messages dark. */
  dark?: boolean;
}

/**
 * A message in a frame of its own: no scripts, no origin, so that nothing in it can touch the
 * interface; links may open a new tab.
 */
export function HtmlFrame({ html, title, dark }: HtmlFrameProps) {
  return (
    <iframe
      className={classes.frame}
      data-dark={dark || undefined}
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={dark ? darkened(html) : html}
    />
  );
}

/** Dark modes of mail programs invert colours and leave pictures. */
function darkened(html: string): string {
  const style =
    '<style>html{filter:invert(.9) hue-rotate(180deg);background:#fff}img,video{filter:invert(1) hue-rotate(180deg)}</style>';
  return html.includes('</head>') ? html.replace('</head>', `${style}</head>`) : style + html;
}
