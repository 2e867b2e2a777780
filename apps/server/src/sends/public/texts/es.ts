import type { PageTexts } from './page-texts.ts';

export const es: PageTexts = {
  direction: 'ltr',
  invalid: {
    title: 'Este enlace no funciona',
    body: 'Puede que esté incompleto o que el mensaje del que procede ya no exista.',
  },
  confirm: {
    title: 'Confirme su suscripción',
    body: 'Sí, esta dirección es mía y quiero recibir aquí mensajes de {workspace}.',
    button: 'Confirmar',
  },
  confirmed: {
    title: 'Está suscrito',
    body: 'Los mensajes llegarán a esta dirección. Cada uno incluye un enlace para darse de baja.',
  },
  barred: {
    title: 'Su respuesta se ha guardado',
    body: 'Por ahora, {workspace} no escribe a esta dirección.',
  },
  ask: {
    title: 'Darse de baja',
    body: '¿Ya no quiere recibir mensajes de {workspace} en esta dirección?',
    why: '¿Por qué se da de baja? No es obligatorio responder.',
    button: 'Darse de baja',
    topics: 'Elegir los temas que me interesan',
  },
  done: {
    title: 'Se ha dado de baja',
    body: 'A esta dirección solo llegará lo que usted pida, por ejemplo, recibos.',
    again: 'Volver a suscribirme',
  },
  preferences: {
    title: '¿Sobre qué quiere recibir mensajes?',
    save: 'Guardar',
    none: 'O sobre nada de esto:',
    unsubscribe: 'Dar de baja esta dirección',
    unsubscribed:
      'Esta dirección está dada de baja: nada de esto llegará aquí hasta que vuelva a suscribirse.',
    unconfirmed:
      'Esta dirección aún no está confirmada: nada de esto llegará aquí hasta que la confirme.',
    intro: '',
    channels: '¿Dónde podemos escribirle?',
    names: {
      email: 'Correo electrónico',
      sms: 'SMS',
      mobile_push: 'Notificaciones en el teléfono',
      web_push: 'Notificaciones en el navegador',
      viber: 'Viber',
      telegram: 'Telegram',
    },
    locked: {
      unconfirmed: 'Aún sin confirmar: busque allí nuestro mensaje.',
      barred: 'Por ahora no escribimos allí.',
      elsewhere: 'Usted dijo que no allí, y solo allí puede volver a decir que sí.',
      device: 'Desactivado en los ajustes de su dispositivo.',
    },
  },
  saved: {
    title: 'Guardado',
    body: 'Recibirá mensajes sobre lo que ha elegido y no sobre lo demás.',
  },
  pause: {
    offer: 'O haga una pausa:',
    button: 'Nada durante {length}',
    title: 'Entonces, una pausa',
    body: 'Hasta el {date} solo llegará a esta dirección lo que usted pida.',
  },
  privacy: 'Política de privacidad',
  test: { title: 'Era un mensaje de prueba', body: 'No se ha cambiado nada.' },
};
