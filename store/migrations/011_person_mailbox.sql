-- Whose address it is is asked at each application and delegation, however the address is written: first by what stands before the @.
create index person_mailbox on person (edition, lower(normalize(split_part(email, '@', 1), NFC)));
