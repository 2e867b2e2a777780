import type { PageTexts } from './page-texts.ts';

export const fr: PageTexts = {
  direction: 'ltr',
  invalid: {
    title: 'Ce lien ne fonctionne pas',
    body: 'Il a peut-être été coupé, ou le message dont il vient n’existe plus.',
  },
  confirm: {
    title: 'Confirmez votre inscription',
    body: 'Oui, cette adresse est la mienne et je souhaite y recevoir des messages de {workspace}.',
    button: 'Confirmer',
  },
  confirmed: {
    title: 'Vous êtes inscrit',
    body: 'Les messages arriveront à cette adresse. Chacun contient un lien pour vous désinscrire.',
  },
  barred: {
    title: 'Votre réponse est enregistrée',
    body: '{workspace} n’écrit pas à cette adresse pour le moment.',
  },
  ask: {
    title: 'Se désinscrire',
    body: 'Ne souhaitez-vous plus recevoir de messages de {workspace} à cette adresse ?',
    why: 'Pourquoi partez-vous ? La réponse est facultative.',
    button: 'Se désinscrire',
    topics: 'Choisir plutôt les sujets qui m’intéressent',
  },
  done: {
    title: 'Vous êtes désinscrit',
    body: 'Seul ce que vous demandez, comme un reçu, arrivera encore à cette adresse.',
    again: 'Me réinscrire',
  },
  preferences: {
    title: 'De quoi souhaitez-vous entendre parler ?',
    save: 'Enregistrer',
    none: 'Ou de rien de tout cela :',
    unsubscribe: 'Désinscrire cette adresse',
    unsubscribed:
      'Cette adresse est désinscrite : rien de tout cela n’y arrive tant que vous ne vous réinscrivez pas.',
    unconfirmed:
      'Cette adresse n’est pas encore confirmée : rien de tout cela n’y arrive avant sa confirmation.',
    intro: '',
    channels: 'Où pouvons-nous vous écrire ?',
    names: {
      email: 'E-mail',
      sms: 'SMS',
      mobile_push: 'Notifications sur le téléphone',
      web_push: 'Notifications dans le navigateur',
      viber: 'Viber',
      telegram: 'Telegram',
    },
    locked: {
      unconfirmed: 'Pas encore confirmé : cherchez-y notre message.',
      barred: 'Nous n’y écrivons pas pour le moment.',
      elsewhere: 'Vous avez dit non là-bas : c’est aussi là-bas que vous pouvez redire oui.',
      device: 'Désactivé dans les réglages de votre appareil.',
    },
  },
  saved: {
    title: 'Enregistré',
    body: 'Vous recevrez ce que vous avez choisi, et pas le reste.',
  },
  pause: {
    offer: 'Ou faites une pause :',
    button: 'Rien pendant {length}',
    title: 'Une pause, alors',
    body: 'Jusqu’au {date}, seul ce que vous demandez arrive à cette adresse.',
  },
  privacy: 'Politique de confidentialité',
  test: { title: 'C’était un message de test', body: 'Rien n’a été modifié.' },
};
