import { expect, test } from 'vitest';
import { readReturnedMail, type Returned } from './read-returned-mail.ts';

interface Case {
  name: string;
  mail: string;
  returned: Returned[];
  messageIds?: string[];
}

const OURS = '1.zz.0123456789abcdef@mail.example.com';

/** A report of RFC 3464: what a person reads, what a program reads, and what came back. */
function report(
  status: string,
  { text = 'See below.', copy = `Message-ID: <${OURS}>\nSubject: Hello` } = {},
): string {
  return `Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
To: bounces@mail.example.com
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

${text}

--part
Content-Type: message/delivery-status

${status}

--part
Content-Type: text/rfc822-headers

${copy}

--part--
`;
}

const CASES: Case[] = [
  {
    name: 'Postfix: the mailbox does not exist',
    mail: report(`Reporting-MTA: dns; mx.example.net
X-Postfix-Queue-ID: 4C0FF33
Arrival-Date: Sat, 28 Nov 2026 10:00:00 +0000 (UTC)

Final-Recipient: rfc822; ann@example.net
Original-Recipient: rfc822;ann@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; 550 5.1.1 <ann@example.net>: Recipient address
    rejected: User unknown in virtual mailbox table`),
    returned: [
      {
        kind: 'bounced',
        bounce: 'dead',
        reason: 'address unknown',
        code: '5.1.1',
        recipient: 'ann@example.net',
        answer:
          '550 5.1.1 <ann@example.net>: Recipient address rejected: User unknown in virtual mailbox table',
      },
    ],
    messageIds: [OURS],
  },
  {
    name: 'Postfix: still being tried',
    mail: report(`Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ann@example.net
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mail.example.net[192.0.2.1]:25: Connection timed out
Will-Retry-Until: Thu, 03 Dec 2026 10:00:00 +0000 (UTC)`),
    returned: [{ kind: 'delayed', recipient: 'ann@example.net' }],
  },
  {
    name: 'Postfix: given up after days',
    mail: report(`Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ann@example.net
Action: failed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mail.example.net[192.0.2.1]:25: Connection timed out`),
    returned: [
      {
        kind: 'bounced',
        bounce: 'counted',
        reason: 'rejected',
        code: '4.4.1',
        recipient: 'ann@example.net',
        answer: 'connect to mail.example.net[192.0.2.1]:25: Connection timed out',
      },
    ],
  },
  {
    name: 'a success that was asked for',
    mail: report(`Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ann@example.net
Action: delivered
Status: 2.0.0`),
    returned: [{ kind: 'delivered', recipient: 'ann@example.net' }],
  },
  {
    name: 'Exchange: a full mailbox, its code behind the number only',
    mail: report(`Reporting-MTA: dns;EX01.corp.example.net

Final-Recipient: RFC822;Ann@example.net
Action: failed
Status: 5.0.0
Diagnostic-Code: smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException`),
    returned: [
      {
        kind: 'bounced',
        bounce: 'blocked',
        reason: 'mailbox full',
        code: '5.2.2',
        recipient: 'Ann@example.net',
        answer: '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException',
      },
    ],
  },
  {
    name: 'Gmail: refused by policy, over two lines',
    mail: report(`Reporting-MTA: dns; googlemail.example
Received-From-MTA: dns; mail.example.com

Final-Recipient: rfc822; ann@example.net
Action: failed
Status: 5.7.26
Diagnostic-Code: smtp; 550-5.7.26 This mail has been blocked because the sender is
 unauthenticated.
Last-Attempt-Date: Sat, 28 Nov 2026 10:00:00 -0800 (PST)`),
    returned: [
      {
        kind: 'bounced',
        bounce: 'ignored',
        reason: 'refused by policy',
        code: '5.7.26',
        recipient: 'ann@example.net',
        answer: '550-5.7.26 This mail has been blocked because the sender is unauthenticated.',
      },
    ],
  },
  {
    name: 'a server that says everything in the text and nothing in the report',
    mail: report(
      `Reporting-MTA: dns; old.example.net

Final-Recipient: <ann@example.net>
Action: failed
Status: 5.0.0`,
      { text: 'Sorry: there is no such user here.' },
    ),
    returned: [
      {
        kind: 'bounced',
        bounce: 'dead',
        reason: 'address unknown',
        code: '5.0.0',
        recipient: 'ann@example.net',
        answer: 'Sorry: there is no such user here.',
      },
    ],
  },
  {
    name: 'two recipients, of which one took it',
    mail: report(`Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ann@example.net
Action: relayed
Status: 2.1.9

Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.2.1
Diagnostic-Code: smtp; 550 5.2.1 The email account is disabled`),
    returned: [
      { kind: 'delivered', recipient: 'ann@example.net' },
      {
        kind: 'bounced',
        bounce: 'blocked',
        reason: 'mailbox inactive',
        code: '5.2.1',
        recipient: 'bob@example.net',
        answer: '550 5.2.1 The email account is disabled',
      },
    ],
  },
  {
    name: 'qmail, which writes to people',
    mail: `Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: bounces@mail.example.com
Subject: failure notice

Hi. This is the program that delivers mail at mx.example.net.
I could not deliver your message to the following addresses.

<ann@example.net>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 No such user
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

Return-Path: <bounces@mail.example.com>
Message-ID: <${OURS}>
Subject: Your quota exceeded all hopes
`,
    returned: [
      {
        kind: 'bounced',
        bounce: 'dead',
        reason: 'address unknown',
        code: '5.1.1',
        recipient: 'ann@example.net',
        answer: '550 5.1.1 No such user',
      },
    ],
    messageIds: [OURS],
  },
  {
    name: 'Exim without reports',
    mail: `Return-path: <>
From: Mail Delivery System <Mailer-Daemon@mx.example.net>
To: bounces@mail.example.com
Subject: Mail delivery failed: returning message to sender
X-Failed-Recipients: ann@example.net

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error.

  ann@example.net
    mailbox is full: retry timeout exceeded

------ This is a copy of the message, including all the headers. ------

Message-ID: <${OURS}>
`,
    returned: [
      {
        kind: 'bounced',
        bounce: 'blocked',
        reason: 'mailbox full',
        recipient: 'ann@example.net',
        answer:
          'A message that you sent could not be delivered to one or more of its recipients. This is a permanent error. ann@example.net mailbox is full: retry timeout exceeded',
      },
    ],
    messageIds: [OURS],
  },
  {
    name: 'a complaint of a feedback loop',
    mail: `From: <feedback@loop.example.net>
To: <fbl@mail.example.com>
Subject: FW: Hello
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: text/plain; charset="US-ASCII"

This is an abuse report.

--part
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <bounces@mail.example.com>
Original-Rcpt-To: <ann@example.net>
Arrival-Date: Sat, 28 Nov 2026 10:00:00 +0000

--part
Content-Type: message/rfc822

From: <news@mail.example.com>
To: <ann@example.net>
Message-ID: <${OURS}>
Subject: Hello

Buy!
--part--
`,
    returned: [{ kind: 'complained', feedback: 'abuse', recipient: 'ann@example.net' }],
    messageIds: [OURS],
  },
  {
    name: 'a report that somebody took back',
    mail: `From: <feedback@loop.example.net>
Subject: FW: Hello
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: message/feedback-report

Feedback-Type: not-spam
User-Agent: SomeGenerator/1.0
Version: 1

--part--
`,
    returned: [],
  },
  {
    name: 'a report of complaints without what RFC 5965 demands',
    mail: `From: <feedback@loop.example.net>
Subject: FW: Hello
Content-Type: multipart/report; report-type=feedback-report; boundary="part"

--part
Content-Type: message/feedback-report

Feedback-Type: abuse

--part--
`,
    returned: [],
  },
  {
    name: 'a holiday note',
    mail: `From: Ann <ann@example.net>
To: bounces@mail.example.com
Subject: Out of office: Hello
Auto-Submitted: auto-replied
In-Reply-To: <${OURS}>

The mailbox is full of sand. I am back on Monday. For 550 reasons.
`,
    returned: [],
    messageIds: [OURS],
  },
  {
    name: 'the answer of a person who quotes a bounce',
    mail: `From: Ann <ann@example.net>
To: bounces@mail.example.com
Subject: Re: Undelivered Mail Returned to Sender

> 550 5.1.1 User unknown
What does that mean?
`,
    returned: [],
  },
  { name: 'nothing', mail: '', returned: [] },
  { name: 'noise', mail: '\u0000\u0001\u00ff----\r\n\r\n--', returned: [] },
  {
    name: 'parts within parts without end',
    mail: Array.from(
      { length: 60 },
      (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`,
    ).join(''),
    returned: [],
  },
];

test.each(CASES)('$name', async ({ mail, returned, messageIds }) => {
  const read = await readReturnedMail(Buffer.from(mail.replace(/\n/g, '\r\n')));
  expect(read.returned).toEqual(returned);
  if (messageIds) expect(read.messageIds).toEqual(messageIds);
});
