/** Acts on people and their places, in French: spread into the tables of acts. */

export const titles = {
  reassign: 'Confier à quelqu’un d’autre : ',
  reopen: 'Rouvrir une réponse : ',
  replace: 'Remplacer partout : ',
  add: 'Ajouter une personne',
  edit: 'Corriger un nom, une langue : ',
  leave: 'Noter un départ : ',
  address: 'Corriger une adresse : ',
};

export const links = {
  reassign: 'Confier à…',
  reopen: 'Rouvrir sa réponse…',
  replace: 'Remplacer…',
  add: 'Ajouter une personne…',
  edit: 'Corriger le nom, la langue…',
  leave: 'Départ…',
  address: 'Corriger l’adresse…',
};

export const does = {
  reassign:
    'La demande passe à quelqu’un d’autre, pour la même date : une nouvelle demande lui part. Les liens de la personne qui l’avait n’ouvrent plus rien, son brouillon ne passe pas, et un message le lui dit.',
  reopen:
    'La personne peut corriger sa réponse, tant que rien n’en a été tiré. Jusque-là, la réponse donnée compte ; un seul message le lui dit, sans rappel.',
  replace:
    'La nouvelle personne reprend ce qui est demandé et ce qui viendra, ainsi que la place au jury, dans les circuits et auprès des besoins. Notes du jury, liens d’intérêt et candidatures ne passent à personne. Qui est remplacé·e en est prévenu·e ; ses réponses gardent son nom.',
  add: 'La personne prend part à l’édition dès maintenant ; ce qui est ouvert et la concerne lui est demandé.',
  edit: 'Le nom ou la langue change partout ; personne n’est prévenu.',
  leave:
    'Ses places se ferment, sans que personne les reprenne, et un message le lui dit. Ce qui a été répondu garde son nom. Pour que quelqu’un reprenne : remplacer.',
  address:
    'Un nouveau lien part pour chaque demande ouverte, les lettres qui ne sont pas arrivées repartent ; les liens envoyés à l’ancienne adresse n’ouvrent plus rien.',
};

export const done = {
  reassign: 'La demande est confiée : une nouvelle demande part, et qui l’avait en est prévenu·e.',
  reopen: 'La réponse est rouverte : la personne en reçoit le lien.',
  replace: 'La personne est remplacée partout.',
  add: 'La personne est ajoutée.',
  edit: 'C’est corrigé.',
  leave: 'Le départ est noté : ses places sont fermées.',
  address: 'L’adresse est notée ; de nouveaux liens partent.',
};

export const fields = {
  to: { label: 'À qui', hint: 'Quelqu’un de l’édition ; sinon, donnez un nom et une adresse.' },
  name: { label: 'Nom', hint: 'Tel que les mails le diront.' },
  email: { label: 'Adresse', hint: 'Une adresse de courriel à elle seule.' },
  role: { label: 'Rôle', hint: 'Ce que la personne est dans l’édition.' },
  into: { label: 'Aussi', hint: 'Là où la personne a été oubliée.' },
  language: { label: 'Langue', hint: 'Celle de ses mails et de ses pages.' },
};

export const choices = {
  nobody: 'Quelqu’un de nouveau',
  into: { '': 'nulle part ailleurs', jury: 'au jury', interviews: 'aux entretiens' },
  language: { '': 'inchangée', fr: 'français', en: 'anglais' },
};

export const refusals = {
  'no-person': 'cette personne n’est pas dans l’édition.',
  left: 'cette personne ne prend plus part à l’édition.',
  same: 'rien ne change : c’est déjà ainsi.',
  'in-already': 'la question est déjà posée à cette personne, ou elle y a déjà répondu.',
  own: 'notes du jury, liens d’intérêt et candidatures sont à qui les donne : cela ne passe à personne, et ne se rouvre pas pour le jury.',
  'not-awaited': 'cette personne n’y est pas attendue.',
  judges: 'qui a envoyé une candidature ne juge pas.',
  role: 'cette personne a déjà un rôle qui lui est demandé à ce titre, et n’en tient pas deux. Ajoutez quelqu’un d’autre.',
  name: 'il faut un nom, en une ligne.',
  address: 'ce n’est pas une adresse complète.',
  taken: 'quelqu’un d’autre a cette adresse dans cette édition.',
  works:
    'les messages arrivent à l’adresse de cette personne : la console ne la remplace pas. L’administration le peut, en ligne de commande.',
  'last-coordinator': 'c’est la dernière personne de la coordination : remplacez-la d’abord.',
  approver: 'cette personne valide dans un circuit : remplacez-la.',
  directorate: 'cette personne porte un besoin : remplacez-la.',
  applicant: 'cette personne porte un projet : remplacez-la.',
  unanswered: 'cette personne n’y a pas répondu.',
  reopened: 'sa réponse est déjà rouverte.',
};
