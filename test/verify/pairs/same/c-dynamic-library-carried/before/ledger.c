#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  sqlite3 *db;
  sqlite3_stmt *st;
  if (sqlite3_open(":memory:", &db)) return 1;
  sqlite3_exec(db, "create table entry(amount int)", 0, 0, 0);
  sqlite3_prepare_v2(db, "insert into entry values(?)", -1, &st, 0);
  for (int i = 1; i < argc; i++) {
    sqlite3_bind_int(st, 1, atoi(argv[i]));
    sqlite3_step(st);
    sqlite3_reset(st);
  }
  sqlite3_finalize(st);
  sqlite3_prepare_v2(db, "select count(*), coalesce(sum(amount), 0) from entry", -1, &st, 0);
  sqlite3_step(st);
  printf("%d entries, total %d\n", sqlite3_column_int(st, 0), sqlite3_column_int(st, 1));
  return 0;
}
