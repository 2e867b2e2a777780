import type { PageTexts } from './page-texts.ts';

export const pt: PageTexts = {
  direction: 'ltr',
  invalid: {
    title: 'Este link não funciona',
    body: 'Pode estar incompleto, ou a mensagem de onde veio já não existe.',
  },
  confirm: {
    title: 'Confirme a sua inscrição',
    body: 'Sim, este endereço é meu e quero receber aqui mensagens de {workspace}.',
    button: 'Confirmar',
  },
  confirmed: {
    title: 'A sua inscrição está feita',
    body: 'As mensagens chegarão a este endereço. Cada uma tem um link para cancelar a inscrição.',
  },
  barred: {
    title: 'A sua resposta foi guardada',
    body: 'De momento, {workspace} não escreve para este endereço.',
  },
  ask: {
    title: 'Cancelar a inscrição',
    body: 'Já não quer receber mensagens de {workspace} neste endereço?',
    why: 'Porque cancela? Não é obrigatório responder.',
    button: 'Cancelar a inscrição',
    topics: 'Escolher antes os temas que me interessam',
  },
  done: {
    title: 'A inscrição foi cancelada',
    body: 'A este endereço só chegará o que pedir, como recibos.',
    again: 'Inscrever-me de novo',
  },
  preferences: {
    title: 'Sobre o que quer receber mensagens?',
    save: 'Guardar',
    none: 'Ou sobre nada disto:',
    unsubscribe: 'Cancelar a inscrição deste endereço',
    unsubscribed:
      'A inscrição deste endereço foi cancelada: nada disto chega aqui até se inscrever de novo.',
    unconfirmed: 'Este endereço ainda não foi confirmado: nada disto chega aqui até o confirmar.',
    intro: '',
    channels: 'Onde podemos escrever-lhe?',
    names: {
      email: 'E-mail',
      sms: 'SMS',
      mobile_push: 'Notificações no telemóvel',
      web_push: 'Notificações no navegador',
      viber: 'Viber',
      telegram: 'Telegram',
    },
    locked: {
      unconfirmed: 'Ainda por confirmar: procure lá a nossa mensagem.',
      barred: 'De momento não escrevemos para lá.',
      elsewhere: 'Disse que não lá, e só lá pode voltar a dizer que sim.',
      device: 'Desligado nas definições do seu dispositivo.',
    },
  },
  saved: {
    title: 'Guardado',
    body: 'Receberá mensagens sobre o que escolheu, e não sobre o resto.',
  },
  pause: {
    offer: 'Ou faça uma pausa:',
    button: 'Nada durante {length}',
    title: 'Uma pausa, então',
    body: 'Até {date}, só chega a este endereço o que pedir.',
  },
  privacy: 'Política de privacidade',
  test: { title: 'Era uma mensagem de teste', body: 'Nada foi alterado.' },
};
