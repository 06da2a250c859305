-- Messages that staff send to themselves to try a text. Of no subscriber: no contact, no cap, no budget knows of them.
create table contact_test_send (
  id text primary key,
  -- Who sent it, to whom of the staff, and what it tries.
  sender_id text not null,
  receiver_id text not null,
  subject text not null,
  text text not null,
  state text not null,
  prepared_at timestamptz not null,
  settled_at timestamptz
);
create index contact_test_send_sender on contact_test_send (sender_id, prepared_at);
