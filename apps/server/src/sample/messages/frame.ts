/** The look that all of Stride's e-mails share. */
export interface Frame {
  /** Sections of MJML, indented by four. */
  body: string;
  /** Words of the footer, in the message's language. */
  footer: FooterWords;
}

export interface FooterWords {
  why: string;
  unsubscribe: string;
  preferences: string;
  inBrowser: string;
}

export const ENGLISH_FOOTER: FooterWords = {
  why: 'You get this because you train with Stride.',
  unsubscribe: 'Unsubscribe',
  preferences: 'Preferences',
  inBrowser: 'View in browser',
};

export const UKRAINIAN_FOOTER: FooterWords = {
  why: 'Ви отримали цей лист, бо тренуєтеся зі Stride.',
  unsubscribe: 'Відписатися',
  preferences: 'Налаштування',
  inBrowser: 'Відкрити у браузері',
};

/** Where the app would be. Nobody owns the name, and the page exists. */
export const APP = 'https://example.com/stride';

/** A whole message: the wordmark above, the body, and below it the ways out. */
export function frame({ body, footer }: Frame): string {
  return `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" />
      <mj-body background-color="#f4f1ec" width="600px" />
      <mj-text font-size="16px" line-height="25px" color="#2b3440" padding="0 40px 18px" />
      <mj-button background-color="#d93a1c" color="#ffffff" border-radius="10px" font-size="16px" font-weight="700" inner-padding="15px 30px" padding="8px 40px 26px" align="left" />
      <mj-class name="title" font-size="32px" line-height="38px" font-weight="800" color="#141b26" letter-spacing="-0.6px" padding="34px 40px 14px" />
      <mj-class name="small" font-size="13px" line-height="20px" color="#6d7580" />
      <mj-class name="step" font-size="28px" line-height="32px" font-weight="800" color="#ff5436" padding="0 0 0 40px" />
    </mj-attributes>
    <mj-style>
      a { color: #c93316; }
      .foot a { color: #6d7580; }
      @media (max-width: 480px) {
        .title div { font-size: 27px !important; line-height: 32px !important; }
        .number div { font-size: 84px !important; line-height: 84px !important; }
      }
    </mj-style>
  </mj-head>
  <mj-body>
    <mj-section padding="26px 0 14px">
      <mj-column>
        <mj-text padding="0 40px" font-size="23px" font-weight="800" font-style="italic" letter-spacing="-0.8px" color="#141b26">stride<span style="color:#ff5436">.</span></mj-text>
      </mj-column>
    </mj-section>
${body}
    <mj-section padding="22px 0 34px">
      <mj-column css-class="foot">
        <mj-text mj-class="small" padding="0 40px 4px">${footer.why}</mj-text>
        <mj-text mj-class="small" padding="0 40px"><a href="{{ unsubscribe_url }}">${footer.unsubscribe}</a> &nbsp;·&nbsp; <a href="{{ preferences_url }}">${footer.preferences}</a> &nbsp;·&nbsp; <a href="{{ view_url }}">${footer.inBrowser}</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>`;
}

/** A numbered line of a list: the number left, the words right, also on a phone. */
export function step({ n, title, text }: { n: number; title: string; text: string }): string {
  return `    <mj-section background-color="#ffffff" padding="0 0 16px">
      <mj-group>
        <mj-column width="17%">
          <mj-text mj-class="step">${n}</mj-text>
        </mj-column>
        <mj-column width="83%">
          <mj-text padding="3px 40px 0 12px"><strong style="color:#141b26">${title}</strong><br />${text}</mj-text>
        </mj-column>
      </mj-group>
    </mj-section>`;
}
