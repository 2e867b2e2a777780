import { SENDER, type SampleMessage } from './content.ts';
import { APP, ENGLISH_FOOTER, frame } from './frame.ts';

/** For who has not trained yet: make it small. */
export const tenMinutes: SampleMessage = {
  key: 'first-workout-ten-minutes',
  name: 'First workout: ten minutes',
  tags: ['Onboarding', 'First workout'],
  categories: ['training-tips'],
  content: {
    en: {
      subject: 'Ten minutes count',
      preheader: 'The shortest workout that starts a streak.',
      from: SENDER,
      mjml: frame({
        footer: ENGLISH_FOOTER,
        body: `    <mj-section background-color="#d93a1c" border-radius="16px 16px 0 0" padding="30px 0 22px">
      <mj-column>
        <mj-text css-class="number" align="center" font-size="112px" line-height="112px" font-weight="800" letter-spacing="-5px" color="#ffffff" padding="0 40px">10</mj-text>
        <mj-text align="center" color="#ffffff" font-size="18px" font-weight="700" padding="0 40px">minutes, once, today</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" border-radius="0 0 16px 16px" padding="0 0 10px">
      <mj-column>
        <mj-text mj-class="title" css-class="title" font-size="26px" line-height="32px">The first one is the hardest, so we made it short</mj-text>
        <mj-text>{{ contact.first_name | default: "Hello" }}, a workout of ten minutes does three things: it starts your streak, it tells Stride what you can do, and it is over before you find a reason not to.</mj-text>
        <mj-text>Five moves, forty seconds each, twenty seconds of rest. Twice.</mj-text>
        <mj-button href="${APP}/workouts/first">Do it now</mj-button>
      </mj-column>
    </mj-section>`,
      }),
    },
  },
};

/** The other half of the split: something they like. */
export const pickOne: SampleMessage = {
  key: 'first-workout-pick-one',
  name: 'First workout: pick one you like',
  tags: ['Onboarding', 'First workout'],
  categories: ['training-tips'],
  content: {
    en: {
      subject: '{{ contact.custom.favourite_workout | default: "Strength" }}, or something else?',
      preheader: 'Three workouts that people with your goal begin with.',
      from: SENDER,
      mjml: frame({
        footer: ENGLISH_FOOTER,
        body: `    <mj-section background-color="#ffffff" border-radius="16px 16px 0 0" padding="0">
      <mj-column>
        <mj-text mj-class="title" css-class="title">Pick one you like</mj-text>
        <mj-text>People who want to {{ contact.custom.goal | default: "move every day" | downcase }} mostly begin with one of these. All of them fit into a lunch break.</mj-text>
      </mj-column>
    </mj-section>
${choice({ colour: '#ffe3db', title: '{{ contact.custom.favourite_workout | default: "Strength" }}, beginner', text: '22 minutes · easy · what you chose yourself', path: 'favourite' })}
${choice({ colour: '#dff1e6', title: 'Wake up and stretch', text: '12 minutes · very easy · good before breakfast', path: 'stretch' })}
${choice({ colour: '#e2e8fb', title: 'Walk, run, walk', text: '25 minutes · outside · no equipment', path: 'walk-run' })}
    <mj-section background-color="#ffffff" border-radius="0 0 16px 16px" padding="12px 0 8px">
      <mj-column>
        <mj-text mj-class="small">None of these? <a href="${APP}/workouts">See all 140 workouts</a>.</mj-text>
      </mj-column>
    </mj-section>`,
      }),
    },
  },
};

function choice(card: { colour: string; title: string; text: string; path: string }): string {
  return `    <mj-section background-color="#ffffff" padding="0 40px 12px">
      <mj-column background-color="${card.colour}" border-radius="12px" padding="18px 0 4px">
        <mj-text padding="0 22px 2px" font-size="18px" font-weight="700" color="#141b26">${card.title}</mj-text>
        <mj-text padding="0 22px 10px" font-size="14px" line-height="20px">${card.text}</mj-text>
        <mj-text padding="0 22px 12px" font-size="14px" font-weight="700"><a href="${APP}/workouts/${card.path}">Open the workout →</a></mj-text>
      </mj-column>
    </mj-section>`;
}
