#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static int row(void *unused, int n, char **values, char **names) {
  (void)unused; (void)n; (void)names;
  printf("- %s\n", values[0]);
  return 0;
}

int main(int argc, char **argv) {
  sqlite3 *db;
  if (argc < 2 || strcmp(argv[1], "list") != 0) {
    fprintf(stderr, "usage: notes list\n");
    return 2;
  }
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) return 1;
  sqlite3_exec(db, "create table notes(text); insert into notes values('water the plants'),('call Ada');", 0, 0, 0);
  sqlite3_exec(db, "select text from notes order by text", row, 0, 0);
  sqlite3_close(db);
  return 0;
}
