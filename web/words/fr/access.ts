/** The ways into the console and one's account, in French. */
import { french } from '../../../domain/typography.js';

/** The words of the ways in, and of an account. */
export const access = french({
  signIn: {
    title: 'Ouvrir la console',
    lead: 'La console est pour qui coordonne, suit ou administre des éditions. Donnez votre adresse : un lien pour entrer y part, bon pendant quinze minutes.',
    needed:
      "Pour voir cette page, entrez d'abord dans la console : vous y serez conduit·e aussitôt. Si vous venez d'entrer, votre navigateur refuse les cookies : autorisez ceux de ce site, puis entrez de nouveau.",
    email: 'Votre adresse',
    button: 'Recevoir un lien',
    or: 'Ou bien',
    with: (name: string) => `Continuer avec ${name}`,
    address: "Ce n'est pas une adresse complète : il en faut une comme prenom.nom@exemple.fr.",
    other:
      'Une demande vous a été envoyée ? Le lien de son mail suffit, sans passer par ici. Sans accès à votre messagerie, demandez un lien à la personne qui administre Trois Mains.',
  },
  sent: {
    title: 'Regardez votre messagerie',
    lead: (email: string) =>
      `Si ${email} ouvre la console, un lien vient d'y partir. Ouvrez-le dans ce navigateur ; il sert une fois, pendant quinze minutes.`,
    elsewhere: 'Ouvert sur un autre appareil, ce lien montre un code de six chiffres, à taper ici.',
    code: 'Code de six chiffres',
    button: 'Entrer',
    wrong: "Ce n'est pas ce code, ou il ne sert plus. Au bout de cinq essais, il faut demander un autre lien.",
    again: 'Rien ne vient ? Regardez les indésirables, attendez quelques minutes, puis',
    ask: 'demandez un autre lien',
  },
  enter: {
    title: 'Ouvrir la console',
    lead: 'Ce lien ouvre la console sur cet appareil, une seule fois.',
    button: 'Ouvrir la console',
  },
  code: {
    title: 'Votre code',
    lead: "Ce lien a été demandé dans un autre navigateur. Tapez-y ce code, sur la page qui l'attend :",
    warning:
      "Si ce n'est pas vous qui avez demandé à entrer, ne tapez ce code nulle part et ne le dites à personne : nous ne le demandons jamais par téléphone ni par mail.",
    here: 'Vous vouliez entrer sur cet appareil-ci ?',
    ask: 'Demandez un lien ici',
  },
  gone: {
    title: "Ce lien n'ouvre plus rien",
    lead: "Il a déjà servi, ou il est trop ancien. Un autre s'obtient tout de suite.",
    ask: 'Demander un autre lien',
  },
  right: {
    title: "Vous n'en avez pas le droit",
    lead: 'Votre compte peut voir cette édition, mais pas faire cela. Demandez-le à une personne qui la coordonne.',
  },
  provider: {
    title: "L'entrée n'a pas abouti",
    reasons: {
      refused: "La réponse de l'autre site ne se vérifie pas, ou est venue trop tard. Rien n'a été ouvert.",
      cancelled: "L'autre site dit que la connexion a été abandonnée, ou refusée.",
      'not-verified': "L'autre site n'a pas vérifié votre adresse : elle ne peut pas servir ici.",
      weak: "L'autre site ne vous a pas demandé la preuve d'identité que cette installation exige.",
      away: "L'autre site ne répond pas. Le lien par mail, lui, marche.",
      'no-account':
        "L'adresse que l'autre site donne de vous n'ouvre pas cette console. La personne qui l'administre peut vous faire un compte.",
    },
    again: 'Entrer autrement',
  },
  out: {
    title: 'Votre session est fermée',
    lead: "Vous n'êtes plus dans la console. L'autre site, par lequel vous étiez entré·e, vous connaît encore : sur un ordinateur partagé, fermez-y aussi votre session.",
    button: "Fermer aussi celle de l'autre site",
  },
  factor: {
    title: 'Votre second facteur',
    lead: "Tapez le code de six chiffres que montre votre application d'authentification, ou l'un de vos codes de secours.",
    code: 'Code',
    button: 'Entrer',
    wrong: "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant, ou prenez un code de secours.",
    tooOften: 'Trop de codes faux : attendez un quart d’heure.',
    lost: "Plus d'application ni de codes ? La personne qui administre Trois Mains peut retirer votre second facteur.",
  },
  confirm: {
    title: "Confirmez que c'est vous",
    lead: "Vous êtes entré·e il y a plus d'un quart d'heure. Pour que personne ne profite d'un poste resté ouvert, ce que vous demandez attend une nouvelle preuve : rien n'a été fait. Vous reviendrez ensuite à la page, pour le demander de nouveau.",
    mail: (email: string) => `Recevoir un lien à ${email}`,
    button: 'Confirmer',
    back: 'Revenir sans rien faire',
  },
  account: {
    title: 'Votre compte',
    done: "C'est enregistré.",
    language: {
      legend: 'Langue',
      hint: 'Celle de la console, une fois que vous y êtes.',
      fr: 'Français',
      en: 'English',
      button: 'Enregistrer',
    },
    sessions: {
      title: 'Vos sessions ouvertes',
      lead: 'Une session dure douze heures au plus, et se ferme après deux heures sans usage. Fermez celles que vous ne reconnaissez pas.',
      device: 'Appareil',
      unknown: 'inconnu',
      way: 'Entrée',
      ways: { key: "par un lien de l'administration", mail: 'par mail', openid: (name: string) => `avec ${name}` },
      since: 'Depuis',
      seen: 'Dernier usage',
      here: 'celle-ci',
      end: (device: string, when: string) => `Fermer (${device}, ${when})`,
      endButton: 'Fermer',
      others: 'Fermer toutes les autres',
    },
    factor: {
      title: 'Second facteur (double authentification)',
      lead: "Un code que montre votre téléphone, demandé en plus du lien : quelqu'un d'autre qui lit vos mails n'entre alors pas.",
      needed: 'Il est obligatoire ici pour qui coordonne ou administre. La console s’ouvre une fois qu’il est installé.',
      none: "Vous n'en avez pas.",
      set: 'Vous en avez un.',
      left: (n: number) =>
        n > 1
          ? `${n} codes de secours vous restent.`
          : n === 1
            ? 'Un seul code de secours vous reste.'
            : 'Il ne vous reste aucun code de secours.',
      begin: 'Installer un second facteur',
      remove: 'Retirer le second facteur',
      renew: 'Faire de nouveaux codes de secours',
      setUp: 'Installer un second facteur',
      scan: "Dans une application d'authentification, qui montre de tels codes (FreeOTP, Aegis, celle de votre téléphone…), ajoutez un compte en scannant ce code QR :",
      qr: 'Code QR de la clé',
      secret: 'Ou recopiez cette clé :',
      code: "Code de six chiffres que montre l'application",
      confirm: 'Installer',
      wrong: "Ce n'est pas le code que cette application montre maintenant. L'heure du téléphone est-elle juste ?",
      codesTitle: 'Vos codes de secours',
      codesLead:
        "Chacun remplace une fois le code de l'application. Gardez-les hors de ce téléphone, imprimés par exemple : cette page ne les montrera plus, et les précédents ne servent plus.",
      kept: 'Je les ai gardés',
    },
  },
  accounts: {
    title: 'Comptes',
    lead: "Qui peut entrer dans la console. Les personnes qui coordonnent une édition y entrent par l'adresse que l'édition a d'elles, et sont dans cette liste dès leur première entrée.",
    who: 'Qui',
    may: 'Droits',
    coordinates: 'Coordonne',
    state: 'État',
    open: 'ouvert',
    blocked: 'bloqué',
    add: 'Ouvrir un compte',
    addLead: "Aucun mail ne part : dites à la personne d'ouvrir cette console et d'y demander un lien. Un compte bloqué est rouvert.",
    addButton: 'Ouvrir le compte',
    email: 'Adresse',
    name: 'Nom',
    right: 'Droit',
    rightHint:
      'Administration : tenir les comptes et la marche du service, sans lire les éditions. Coordination : tout lire et agir. Lecture : lire sans agir.',
    none: 'aucun pour le moment',
    choose: 'à choisir',
    on: 'Sur',
    installation: "l'installation (administration)",
    territories: 'Territoires',
    everywhere: 'partout',
    rights: { admin: 'administration', coordinator: 'coordination', reader: 'lecture' },
    nothing: 'Aucun droit ne lui a été donné.',
    coordinating: (editions: string) => `Coordonne, par son adresse : ${editions}.`,
    giveTitle: 'Donner un droit',
    give: 'Donner ce droit',
    take: (right: string) => `Retirer : ${right}`,
    takeButton: 'Retirer',
    sessions: 'Sessions ouvertes',
    nowhere: 'Aucune.',
    factor: 'Ce compte a un second facteur.',
    noFactor: "Ce compte n'a pas de second facteur.",
    resetLead:
      'Téléphone perdu, appareil volé : ses sessions se ferment, son second facteur est retiré, et la personne entre de nouveau par un lien.',
    reset: 'Fermer ses sessions et retirer son second facteur',
    block: 'Bloquer le compte',
    blockLead: "Ses sessions se ferment aussitôt et rien ne s'ouvre plus, quels que soient ses droits. Le journal continue de le nommer.",
    unblock: 'Rouvrir le compte',
    unblockLead: 'Il retrouve les droits qui lui avaient été donnés.',
    problems: {
      address: "Ce n'est pas une adresse complète : rien n'a été fait.",
      'no-account': "Ce compte n'existe pas : rien n'a été fait.",
      'no-edition': "Cette édition n'existe pas : rien n'a été fait.",
      'no-territory': "Un droit se donne sur un territoire à la fois : rien n'a été fait.",
      'no-right': "Ce compte n'avait pas ce droit : rien n'a été fait.",
      'last-admin': "C'est la dernière personne qui administre : nommez-en une autre d'abord. Rien n'a été fait.",
      scope:
        "Choisissez le droit et sur quoi : toute l'installation pour l'administration ; un territoire ou une édition pour la coordination et la lecture. Rien n'a été fait.",
    },
  },
});

/** The shape every language fills. */
export type AccessWords = typeof access;
