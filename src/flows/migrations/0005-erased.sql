-- Whose personal data were erased, and when. The key stays, or the carrier's next delivery would bring them back.
create table flows_erased (
  subscriber_id text primary key,
  customer_id text,
  reason text not null,
  erased_at timestamptz not null
);
