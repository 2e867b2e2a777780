-- What amounts are in that name no currency, and what conditions on amounts mean unless they name one.
alter table workspaces add column currency text not null default 'USD'
  constraint workspaces_currency check (currency ~ '^[A-Z]{3}$');
