INSERT OR IGNORE INTO tasks (title) VALUES ('water the plants');
