"""The post office: mails are rows first, sent by the queue afterwards."""
