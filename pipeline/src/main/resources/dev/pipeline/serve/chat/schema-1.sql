-- Conversations of pipeline serve; the same script for H2 and PostgreSQL. A later version is a further script, never a change here.
create table chat_session (
  session_id varchar(36) primary key,
  model_name varchar(64) not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);
create table chat_conversation (
  conversation_id varchar(36) primary key,
  session_id varchar(36) not null references chat_session on delete cascade,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  -- What the first "summarised" messages said, in the model's words.
  summary varchar not null,
  summarised integer not null
);
create index chat_conversation_session on chat_conversation (session_id);
create table chat_message (
  conversation_id varchar(36) not null references chat_conversation on delete cascade,
  -- From 1, without gaps: questions are odd, answers even.
  number integer not null,
  role varchar(16) not null,
  content varchar not null,
  created_at timestamp with time zone not null,
  primary key (conversation_id, number)
);
