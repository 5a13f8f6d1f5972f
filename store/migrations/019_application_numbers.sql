-- The number of an application is given once: the journal remembers those that were erased.
create index audit_applications on audit (edition) where verb = 'application.started';
