-- Staff may hold several roles at their unit.
alter table governance_staff add column roles text[];
update governance_staff set roles = array[role];
alter table governance_staff
  alter column roles set not null,
  add check (cardinality(roles) > 0),
  drop column role;

-- Roles that an administrator made; the built-in ones are in roles.ts.
create table governance_role (
  code text primary key check (code ~ '^[a-z][a-z0-9_]{0,39}$'),
  title_zh text not null,
  title_en text not null,
  -- own: the customers one answers for oneself; branch: everybody below one's unit.
  reach text not null check (reach in ('own', 'branch')),
  permissions text[] not null,
  changed_at timestamptz not null
);
