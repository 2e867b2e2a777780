import { USUAL_REASONS, type PageLanguage } from '@perennial/contracts';

type OurReason = (typeof USUAL_REASONS)[number];
type Translations = Record<Exclude<PageLanguage, 'en'>, string>;

/** What the reasons that a workspace begins with are in the languages of the pages. */
const translations: Readonly<Record<OurReason, Translations>> = {
  'I get too many messages': {
    ar: 'تصلني رسائل كثيرة جدًا',
    de: 'Ich bekomme zu viele Nachrichten',
    es: 'Recibo demasiados mensajes',
    fr: 'Je reçois trop de messages',
    he: 'יותר מדי הודעות',
    pt: 'Recebo mensagens demais',
    uk: 'Забагато повідомлень',
  },
  'The messages are not relevant to me': {
    ar: 'الرسائل لا تهمّني',
    de: 'Die Nachrichten sind für mich nicht von Belang',
    es: 'Los mensajes no me interesan',
    fr: 'Les messages ne me concernent pas',
    he: 'ההודעות לא רלוונטיות עבורי',
    pt: 'As mensagens não me interessam',
    uk: 'Повідомлення мене не стосуються',
  },
  'I never asked for these messages': {
    ar: 'لم أطلب هذه الرسائل قط',
    de: 'Ich habe nie um diese Nachrichten gebeten',
    es: 'Nunca pedí estos mensajes',
    fr: 'Je n’ai jamais demandé ces messages',
    he: 'מעולם לא ביקשתי את ההודעות האלה',
    pt: 'Nunca pedi estas mensagens',
    uk: 'Ці повідомлення приходять без моєї згоди',
  },
  'I do not use the app any more': {
    ar: 'لم أعد أستخدم التطبيق',
    de: 'Ich benutze die App nicht mehr',
    es: 'Ya no uso la aplicación',
    fr: 'Je n’utilise plus l’application',
    he: 'האפליקציה כבר לא בשימוש אצלי',
    pt: 'Já não uso o aplicativo',
    uk: 'Я більше не користуюся застосунком',
  },
};

/** Of a reason in the words we gave it; a workspace's own has none from us. */
export function ourTranslations(reason: string): Partial<Translations> {
  return isOurs(reason) ? translations[reason] : {};
}

function isOurs(reason: string): reason is OurReason {
  return Object.hasOwn(translations, reason);
}
