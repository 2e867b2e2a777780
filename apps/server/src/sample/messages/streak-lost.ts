import { SENDER, type SampleMessage } from './content.ts';
import { APP, ENGLISH_FOOTER, frame, UKRAINIAN_FOOTER } from './frame.ts';

/** Ukrainian counts 1 день, 2 дні, 5 днів. */
const UKRAINIAN_DAYS = `{% assign tens = event.days | modulo: 100 %}{% assign ones = event.days | modulo: 10 %}{% if tens > 10 and tens < 20 %}днів{% elsif ones == 1 %}день{% elsif ones > 1 and ones < 5 %}дні{% else %}днів{% endif %}`;

export const streakLost: SampleMessage = {
  key: 'streak-lost',
  name: 'Streak lost',
  tags: ['Retention', 'Streaks'],
  content: {
    en: {
      subject: '{{ event.days }} days in a row are yours to keep',
      preheader: 'A streak ends. What you built does not.',
      from: SENDER,
      mjml: frame({
        footer: ENGLISH_FOOTER,
        body: `${hero({ above: 'You trained', below: 'days in a row', best: '{% if event.longest > event.days %}Your longest is {{ event.longest }}{% else %}That is your longest so far{% endif %}' })}
    <mj-section background-color="#ffffff" border-radius="0 0 16px 16px" padding="0 0 12px">
      <mj-column>
        <mj-text mj-class="title" css-class="title" font-size="26px" line-height="32px">{{ contact.first_name | default: "Hello" }}, the counter is at zero. You are not.</mj-text>
        <mj-text>Yesterday went by without a workout. One day off costs nothing of what your body learned in {{ event.days }} days; it takes about two weeks until it does.</mj-text>
        <mj-text>Your last one was {{ event.last_workout }}. A short one of the same kind is the easiest way back.</mj-text>
        <mj-button href="${APP}/workouts/back?kind={{ event.last_workout | url_encode }}">Start a new streak</mj-button>
      </mj-column>
    </mj-section>`,
      }),
    },
    uk: {
      subject: `Серія у {{ event.days }} ${UKRAINIAN_DAYS} нікуди не зникла`,
      preheader: 'Серія скінчилася. Те, чого ви досягли, лишається.',
      from: SENDER,
      mjml: frame({
        footer: UKRAINIAN_FOOTER,
        body: `${hero({ above: 'Ви тренувалися', below: `${UKRAINIAN_DAYS} поспіль`, best: '{% if event.longest > event.days %}Ваш рекорд: {{ event.longest }}{% else %}Це ваш рекорд{% endif %}' })}
    <mj-section background-color="#ffffff" border-radius="0 0 16px 16px" padding="0 0 12px">
      <mj-column>
        <mj-text mj-class="title" css-class="title" font-size="26px" line-height="32px">{% if contact.first_name %}{{ contact.first_name }}, лічильник{% else %}Лічильник{% endif %} на нулі. А ви ні.</mj-text>
        <mj-text>Учора обійшлося без тренування. Один день відпочинку нічого не забирає: форма починає спадати десь за два тижні.</mj-text>
        <mj-text>Коротке заняття того самого виду, що й востаннє, повертає найлегше.</mj-text>
        <mj-button href="${APP}/workouts/back?kind={{ event.last_workout | url_encode }}">Почати нову серію</mj-button>
      </mj-column>
    </mj-section>`,
      }),
    },
  },
};

function hero({ above, below, best }: { above: string; below: string; best: string }): string {
  return `    <mj-section background-color="#141b26" border-radius="16px 16px 0 0" padding="34px 0 26px">
      <mj-column>
        <mj-text align="center" color="#c3cad4" padding="0 40px 2px">${above}</mj-text>
        <mj-text css-class="number" align="center" font-size="112px" line-height="112px" font-weight="800" letter-spacing="-5px" color="#ff7a5f" padding="0 40px">{{ event.days }}</mj-text>
        <mj-text align="center" color="#ffffff" font-size="18px" font-weight="700" padding="4px 40px 10px">${below}</mj-text>
        <mj-text mj-class="small" align="center" color="#8d97a5" padding="0 40px">${best}</mj-text>
      </mj-column>
    </mj-section>`;
}

/** Two days later, to who has not come back. */
export const streakNudge: SampleMessage = {
  key: 'streak-easy-way-back',
  name: 'Streak: an easy way back',
  tags: ['Retention', 'Streaks'],
  categories: ['training-tips'],
  content: {
    en: {
      subject: 'We made tomorrow easier',
      preheader: 'Half the time, the same kind of workout.',
      from: SENDER,
      mjml: frame({
        footer: ENGLISH_FOOTER,
        body: `    <mj-section background-color="#ffffff" border-radius="16px" padding="0 0 12px">
      <mj-column>
        <mj-text mj-class="title" css-class="title">Half the time, same you</mj-text>
        <mj-text>{{ contact.first_name | default: "Hello" }}, after {{ event.days }} days in a row a break is fine. So that it does not become a habit, your next {{ event.last_workout | default: "workout" }} is half as long.</mj-text>
        <mj-table padding="6px 40px 24px" font-size="15px" line-height="24px" color="#2b3440">
          <tr style="border-bottom:1px solid #ece8e1"><td style="padding:10px 0">Workouts so far</td><td align="right" style="padding:10px 0"><strong>{{ contact.custom.workouts_completed | default: 0 }}</strong></td></tr>
          <tr style="border-bottom:1px solid #ece8e1"><td style="padding:10px 0">Level</td><td align="right" style="padding:10px 0"><strong>{{ contact.custom.level | default: 1 }}</strong></td></tr>
          <tr><td style="padding:10px 0">Longest streak</td><td align="right" style="padding:10px 0"><strong>{{ event.longest | default: event.days }} days</strong></td></tr>
        </mj-table>
        <mj-button href="${APP}/workouts/easy">Show me the short one</mj-button>
      </mj-column>
    </mj-section>`,
      }),
    },
  },
};
