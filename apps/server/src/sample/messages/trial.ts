import { SENDER, type SampleMessage } from './content.ts';
import { APP, ENGLISH_FOOTER, frame } from './frame.ts';

const PRICE = '{{ event.price }} {{ event.currency }}';
const LAST_DAY = '{{ event.ends_at | date: "%-d %B" }}';

export const trialStarted: SampleMessage = {
  key: 'trial-started',
  name: 'Trial started',
  tags: ['Trial'],
  content: {
    en: {
      subject: 'Seven days of everything',
      preheader: `Plus is yours until ${LAST_DAY}. Here is what to try first.`,
      from: SENDER,
      mjml: frame({
        footer: ENGLISH_FOOTER,
        body: `    <mj-section background-color="#0f5d4a" border-radius="16px 16px 0 0" padding="10px 0 24px">
      <mj-column>
        <mj-text mj-class="title" css-class="title" color="#ffffff">Plus is yours until ${LAST_DAY}</mj-text>
        <mj-text color="#cfe6de" padding="0 40px">No card, no call. When it ends, you choose.</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" border-radius="0 0 16px 16px" padding="26px 0 10px">
      <mj-column>
        <mj-text><strong style="color:#141b26">A plan that follows you.</strong> It gets harder when you do well and easier when you slept badly.</mj-text>
        <mj-text><strong style="color:#141b26">All 140 workouts.</strong> {% if contact.custom.favourite_workout %}Of {{ contact.custom.favourite_workout }} alone there are 23.{% else %}From four minutes to an hour.{% endif %}</mj-text>
        <mj-text><strong style="color:#141b26">Your pulse, live.</strong> From your watch, during the workout, with the zone you are in.</mj-text>
        <mj-button href="${APP}/plan" background-color="#0f5d4a">Make my plan</mj-button>
      </mj-column>
    </mj-section>`,
      }),
    },
  },
};

export const trialEnding: SampleMessage = {
  key: 'trial-ending',
  name: 'Trial ends soon',
  tags: ['Trial', 'Revenue'],
  content: {
    en: {
      subject: 'Two days of Plus left',
      preheader: `Keep it for ${PRICE} a month, or keep the free plan. Nothing happens by itself.`,
      from: SENDER,
      mjml: frame({
        footer: ENGLISH_FOOTER,
        body: `    <mj-section background-color="#ffffff" border-radius="16px 16px 0 0" padding="0">
      <mj-column>
        <mj-text mj-class="title" css-class="title">Two days of Plus left</mj-text>
        <mj-table padding="4px 40px 8px" cellpadding="0" cellspacing="0" table-layout="fixed">
          <tr>${'<td style="height:10px;background:#0f5d4a;border-right:3px solid #ffffff"></td>'.repeat(5)}${'<td style="height:10px;background:#dfe5e2;border-right:3px solid #ffffff"></td>'.repeat(2)}</tr>
        </mj-table>
        <mj-text mj-class="small">Day 5 of 7 · ends on ${LAST_DAY}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" border-radius="0 0 16px 16px" padding="6px 0 10px">
      <mj-column>
        <mj-text>{% if contact.custom.workouts_completed > 0 %}You have done {{ contact.custom.workouts_completed }} workouts with Stride{% if contact.custom.streak_days > 2 %} and are on day {{ contact.custom.streak_days }} of a streak{% endif %}. With Plus, the next ones keep fitting you.{% else %}You have not trained with Plus yet. There is time for two workouts that show what it does.{% endif %}</mj-text>
        <mj-text font-size="22px" line-height="30px" color="#141b26"><strong>${PRICE}</strong> <span style="font-size:15px;color:#6d7580">a month, stop any time</span></mj-text>
        <mj-button href="${APP}/plus" background-color="#0f5d4a">Keep Plus</mj-button>
        <mj-text mj-class="small">If you do nothing, you go on with the free plan on ${LAST_DAY}. Your history stays.</mj-text>
      </mj-column>
    </mj-section>`,
      }),
    },
  },
};
