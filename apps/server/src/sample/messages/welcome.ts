import { SENDER, type SampleMessage } from './content.ts';
import { APP, ENGLISH_FOOTER, frame, step, UKRAINIAN_FOOTER } from './frame.ts';

export const welcome: SampleMessage = {
  key: 'welcome',
  name: 'Welcome',
  tags: ['Onboarding'],
  content: {
    en: {
      subject: '{{ contact.first_name | default: "Hello" }}, your first workout takes ten minutes',
      preheader: 'Three small steps, and one of them is putting on your shoes.',
      from: SENDER,
      mjml: frame({
        footer: ENGLISH_FOOTER,
        body: `    <mj-section background-color="#141b26" border-radius="16px 16px 0 0" padding="10px 0 8px">
      <mj-column>
        <mj-text mj-class="title" css-class="title" color="#ffffff">Good to have you, {{ contact.first_name | default: "friend" }}</mj-text>
        <mj-text color="#c3cad4">{% if contact.custom.goal %}You said: <strong style="color:#ffffff">{{ contact.custom.goal | downcase }}</strong>. That begins with one workout, and the first one is short on purpose.{% else %}It begins with one workout, and the first one is short on purpose.{% endif %}</mj-text>
        <mj-button href="${APP}/workouts/first">Start the ten-minute workout</mj-button>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" padding="28px 0 4px">
      <mj-column>
        <mj-text font-size="19px" line-height="26px" font-weight="700" color="#141b26">How the first week goes</mj-text>
      </mj-column>
    </mj-section>
${step({ n: 1, title: 'Move today', text: 'Ten minutes, no equipment. It counts, and your streak begins.' })}
${step({ n: 2, title: 'Choose your days', text: 'Three a week is what most people keep. Stride reminds you at your hour, not at ours.' })}
${step({ n: 3, title: 'See it add up', text: 'After a week you see minutes, calories and how your pulse comes down.' })}
    <mj-section background-color="#ffffff" border-radius="0 0 16px 16px" padding="6px 0 14px">
      <mj-column>
        <mj-divider border-width="1px" border-color="#ece8e1" padding="0 40px 20px" />
        <mj-text>Not sure what to begin with? <a href="${APP}/workouts?kind={{ contact.custom.favourite_workout | default: "Strength" | url_encode }}">{{ contact.custom.favourite_workout | default: "Strength" }}</a> has eleven sessions for a first week.</mj-text>
      </mj-column>
    </mj-section>`,
      }),
    },
    uk: {
      subject:
        '{{ contact.first_name | default: "Вітаємо" }}, перше тренування триває десять хвилин',
      preheader: 'Три невеликі кроки, і один із них: взути кросівки.',
      from: SENDER,
      mjml: frame({
        footer: UKRAINIAN_FOOTER,
        body: `    <mj-section background-color="#141b26" border-radius="16px 16px 0 0" padding="10px 0 8px">
      <mj-column>
        <mj-text mj-class="title" css-class="title" color="#ffffff">Раді знайомству{% if contact.first_name %}, {{ contact.first_name }}{% endif %}</mj-text>
        <mj-text color="#c3cad4">Усе починається з одного тренування, і перше ми навмисно зробили коротким.</mj-text>
        <mj-button href="${APP}/workouts/first">Почати: десять хвилин</mj-button>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" padding="28px 0 4px">
      <mj-column>
        <mj-text font-size="19px" line-height="26px" font-weight="700" color="#141b26">Ваш перший тиждень</mj-text>
      </mj-column>
    </mj-section>
${step({ n: 1, title: 'Рухайтеся сьогодні', text: 'Десять хвилин без обладнання. Це рахується, і ваша серія починається.' })}
${step({ n: 2, title: 'Оберіть свої дні', text: 'Три на тиждень: стільки витримує більшість. Stride нагадає у зручну для вас годину.' })}
${step({ n: 3, title: 'Побачте результат', text: 'За тиждень ви побачите хвилини, калорії та як вирівнюється пульс.' })}
    <mj-section background-color="#ffffff" border-radius="0 0 16px 16px" padding="6px 0 14px">
      <mj-column>
        <mj-divider border-width="1px" border-color="#ece8e1" padding="0 40px 20px" />
        <mj-text>Не знаєте, з чого почати? <a href="${APP}/workouts?kind={{ contact.custom.favourite_workout | default: "Strength" | url_encode }}">{{ contact.custom.favourite_workout | default: "Strength" }}</a> має одинадцять занять для першого тижня.</mj-text>
      </mj-column>
    </mj-section>`,
      }),
    },
  },
};
