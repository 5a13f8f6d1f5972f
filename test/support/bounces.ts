/** Messages as servers return them, with names of our own: what is between the lines is theirs. */

/** What a test says of one: whom it is sent to, under which id the mail was sent, which mail came back. */
export interface Back {
  to: string;
  envelopeId?: string;
  returnedId?: string;
  person?: string;
  /** Message-ID of the returned message itself. */
  id?: string;
}

const crlf = (text: string) => Buffer.from(text.replace(/^\n/, '').replace(/\n/g, '\r\n'));

const copy = ({ returnedId = 'mail-1@troismains' }: Back) => `Return-Path: <x@example.org>
Message-ID: <${returnedId}>
From: Trois Mains <ne-pas-repondre@example.org>
Subject: =?utf-8?Q?Entretiens_crois=C3=A9s?=`;

/** Postfix: a report, with the status and words of the server that refused. */
export const postfix = (
  back: Back,
  {
    action = 'failed',
    status = '5.1.1',
    diagnostic = `smtp; 550 5.1.1 <${back.person ?? 'elue@mairie.example'}>: Recipient address
    rejected: User unknown in virtual mailbox table`,
  } = {},
) =>
  crlf(`
Return-Path: <>
X-Original-To: ${back.to}
Delivered-To: ${back.to}
Received: by mx.example.org (Postfix)
	id 4C1D2E3F4A; Mon,  7 Jun 2027 09:00:07 +0200 (CEST)
Date: Mon,  7 Jun 2027 09:00:07 +0200 (CEST)
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: ${action === 'delayed' ? 'Delayed Mail (still being retried)' : 'Undelivered Mail Returned to Sender'}
To: ${back.to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="9B1A22.1686121207/mx.example.org"
Message-Id: <${back.id ?? '20270607070007.4C1D2E3F4A@mx.example.org'}>

This is a MIME-encapsulated message.

--9B1A22.1686121207/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

--9B1A22.1686121207/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4C1D2E3F4A
X-Postfix-Sender: rfc822; ${back.to}
${back.envelopeId === undefined ? '' : `Original-Envelope-Id: ${back.envelopeId}\n`}Arrival-Date: Mon,  7 Jun 2027 09:00:01 +0200 (CEST)

Final-Recipient: rfc822; ${back.person ?? 'elue@mairie.example'}
Original-Recipient: rfc822;${back.person ?? 'elue@mairie.example'}
Action: ${action}
Status: ${status}
Remote-MTA: dns; mx.mairie.example
Diagnostic-Code: ${diagnostic}

--9B1A22.1686121207/mx.example.org
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

${copy(back)}

--9B1A22.1686121207/mx.example.org--
`);

/** Exim: its own status says nothing, the server's is in the diagnostic. */
export const exim = (back: Back) =>
  crlf(`
Return-path: <>
Envelope-to: ${back.to}
Delivery-date: Mon, 07 Jun 2027 09:00:09 +0200
Received: from Debian-exim by relais.example.org with local (Exim 4.96)
	id 1q6abc-0001Xy-2f
	for ${back.to};
	Mon, 07 Jun 2027 09:00:08 +0200
X-Failed-Recipients: elue@mairie.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@relais.example.org>
To: ${back.to}
References: <mail-1@troismains>
Content-Type: multipart/report; report-type=delivery-status; boundary=1686121208-eximdsn-1804289383
MIME-Version: 1.0
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1q6abc-0001Xy-2f@relais.example.org>
Date: Mon, 07 Jun 2027 09:00:08 +0200

--1686121208-eximdsn-1804289383
Content-type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  elue@mairie.example
    host mx.mairie.example [192.0.2.25]
    SMTP error from remote mail server after RCPT TO:<elue@mairie.example>:
    550 5.1.1 <elue@mairie.example>: user does not exist

--1686121208-eximdsn-1804289383
Content-type: message/delivery-status

Reporting-MTA: dns; relais.example.org

Action: failed
Final-Recipient: rfc822;elue@mairie.example
Status: 5.0.0
Remote-MTA: dns; mx.mairie.example
Diagnostic-Code: smtp; 550 5.1.1 <elue@mairie.example>: user does not exist

--1686121208-eximdsn-1804289383
Content-type: message/rfc822

${copy(back)}

Bonjour,
--1686121208-eximdsn-1804289383--
`);

/** Exim before there were reports. */
export const oldExim = (back: Back, reason = '550 unknown user') =>
  crlf(`
Return-path: <>
X-Failed-Recipients: elue@mairie.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@relais.example.org>
To: ${back.to}
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1q6abd-0001Xz-00@relais.example.org>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  elue@mairie.example
    SMTP error from remote mail server after RCPT TO:<elue@mairie.example>:
    host mx.mairie.example [192.0.2.25]: ${reason}

------ This is a copy of the message, including all the headers. ------

${copy(back)}

Bonjour, 452 places sont libres, 5.1.1 est un paragraphe, user unknown.
`);

/** Exchange Online: HTML words, a report whose status carries a part of three digits. */
export const exchange = (
  back: Back,
  { status = '5.1.10', diagnostic = 'smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup' } = {},
) =>
  crlf(`
Return-Path: <>
From: Microsoft Outlook
	<MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@valdoise.example>
To: <${back.to}>
Date: Mon, 7 Jun 2027 07:00:06 +0000
Content-Type: multipart/report; report-type=delivery-status;
	boundary="d5f7ee9d-2af6-4c7c-8d0e-bbe7e3c4a3d1"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: fr-FR
Message-ID: <8f3e@PR0P264MB0001.FRAP264.PROD.OUTLOOK.example>
Subject: =?utf-8?Q?Non_remis_=3A_Entretiens_crois=C3=A9s?=
Auto-Submitted: auto-replied
MIME-Version: 1.0

--d5f7ee9d-2af6-4c7c-8d0e-bbe7e3c4a3d1
Content-Type: multipart/alternative; differences=Content-Type;
	boundary="1ee9a1b0-5f7e-4d0f-8b5c-2b7b5a0a6a42"

--1ee9a1b0-5f7e-4d0f-8b5c-2b7b5a0a6a42
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

Votre message n=E2=80=99a pas pu =C3=AAtre remis =C3=A0 elue@valdoise.example.

--1ee9a1b0-5f7e-4d0f-8b5c-2b7b5a0a6a42
Content-Type: text/html; charset="utf-8"

<html><body><p>Votre message n'a pas pu être remis.</p></body></html>

--1ee9a1b0-5f7e-4d0f-8b5c-2b7b5a0a6a42--

--d5f7ee9d-2af6-4c7c-8d0e-bbe7e3c4a3d1
Content-Type: message/delivery-status

Reporting-MTA: dns;PR0P264MB0001.FRAP264.PROD.OUTLOOK.example
Received-From-MTA: dns;mx.example.org
Arrival-Date: Mon, 7 Jun 2027 07:00:05 +0000

Final-Recipient: rfc822;elue@valdoise.example
Action: failed
Status: ${status}
Diagnostic-Code: ${diagnostic}
X-Display-Name: elue@valdoise.example

--d5f7ee9d-2af6-4c7c-8d0e-bbe7e3c4a3d1
Content-Type: message/rfc822

${copy(back)}

Bonjour
--d5f7ee9d-2af6-4c7c-8d0e-bbe7e3c4a3d1--
`);

/** Gmail, as a receiving server's client reports it: a diagnostic folded over lines, the image and alternatives left out. */
export const gmail = (
  back: Back,
  {
    status = '5.1.1',
    words = `550-5.1.1 The email account that you tried to reach does not exist. Please
 try double-checking the recipient's email address for typos or
 unnecessary spaces. Learn more at
 550 5.1.1  https://support.example/mail/?p=NoSuchUser 5-20020a5d - gsmtp`,
  } = {},
) =>
  crlf(`
Return-Path: <>
Delivered-To: ${back.to}
From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
To: ${back.to}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
Message-ID: <647f1b07.df0a0220.gmr@mx.google.example>
Content-Type: multipart/report; boundary="00000000000012ab"; report-type=delivery-status

--00000000000012ab
Content-Type: multipart/related; boundary="00000000000012cd"

--00000000000012cd
Content-Type: text/plain; charset="UTF-8"

** Address not found **

Your message wasn't delivered to porteuse@courriel.example because the address couldn't be found.

--00000000000012cd--
--00000000000012ab
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.example
Received-From-MTA: dns; ne-pas-repondre@example.org
Arrival-Date: Mon, 07 Jun 2027 00:00:06 -0700 (PDT)
X-Original-Message-ID: <${back.returnedId ?? 'mail-1@troismains'}>

Final-Recipient: rfc822; porteuse@courriel.example
Action: failed
Status: ${status}
Remote-MTA: dns; gmail-smtp-in.l.google.example. (192.0.2.26, the server for the domain courriel.example.)
Diagnostic-Code: smtp; ${words}
Last-Attempt-Date: Mon, 07 Jun 2027 00:00:07 -0700 (PDT)

--00000000000012ab
Content-Type: message/rfc822

${copy(back)}

Bonjour
--00000000000012ab--
`);

/** A French host on qmail, as OVH's were: no report, words only. */
export const qmail = (back: Back, reason = 'Sorry, no mailbox here by that name. (#5.1.1)') =>
  crlf(`
Return-Path: <>
Delivered-To: ${back.to}
Date: 7 Jun 2027 07:00:09 -0000
From: MAILER-DAEMON@mo1.mail-out.hebergeur.example
To: ${back.to}
Subject: failure notice

Hi. This is the qmail-send program at mo1.mail-out.hebergeur.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<contact@association.example>:
${reason}

--- Below this line is a copy of the message.

${copy(back)}

Bonjour, utilisateur inconnu, 550 5.1.1
`);

/** Somebody's absence notice. */
export const vacation = (back: Back) =>
  crlf(`
From: =?utf-8?Q?=C3=89lue?= <elue@mairie.example>
To: ${back.to}
Subject: =?utf-8?Q?R=C3=A9ponse_automatique_=3A_Entretiens?=
Auto-Submitted: auto-replied
Message-ID: <absence@mairie.example>
Content-Type: text/plain; charset=utf-8

Je suis absente jusqu'au 14 juin. Mon adresse a changé, mailbox unavailable le soir, 550 5.1.1.
`);

/** A person who writes to the return path. */
export const letter = (back: Back) =>
  crlf(`
From: elue@mairie.example
To: ${back.to}
Subject: Re: Entretiens
Message-ID: <lettre@mairie.example>

Bonjour, mon adresse est inconnue de vos services : user unknown.
`);

/** A complaint, as providers report it (RFC 5965). */
export const complaint = (back: Back) =>
  crlf(`
From: feedback@fai.example
To: ${back.to}
Auto-Submitted: auto-generated
Content-Type: multipart/report; report-type="feedback-report"; boundary=b

--b
Content-Type: text/plain

This is an abuse report for a mail that one of our users received.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
Version: 1

--b
Content-Type: message/rfc822

${copy(back)}

Bonjour
--b--
`);
