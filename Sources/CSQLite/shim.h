#ifndef CSQLITE_SHIM_H
#define CSQLITE_SHIM_H

#include <sqlite3.h>

/*
 * sqlite3_db_config() and sqlite3_config() are variadic, and Swift cannot call variadic functions. All
 * options used here share one of these signatures, so this declares them under names of their own. There is
 * no code behind it: on the Linux ABIs (x86-64, AArch64) a variadic callee takes these arguments from the
 * same registers as a plain one.
 */
int csqlite_db_config_switch(sqlite3 *connection, int option, int value, int *current)
    __asm__("sqlite3_db_config");
int csqlite_config_switch(int option, int value) __asm__("sqlite3_config");

#endif
