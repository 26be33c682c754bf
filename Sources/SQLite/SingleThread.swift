import CSQLite

/// For programs of one thread that use SQLite.
public enum SingleThread {
  /// Turns off SQLite's mutexes and its counting of memory, for a process in which one thread alone uses it.
  ///
  /// To be called before anything else of SQLite; false when it was too late, and nothing has changed then
  /// (https://sqlite.org/c3ref/config.html). It is worth about a fifth of the time of many short connections.
  public static func begin() -> Bool {
    // SINGLETHREAD takes no argument; the one that is passed stays unread.
    csqlite_config_switch(SQLITE_CONFIG_SINGLETHREAD, 0) == SQLITE_OK
      && csqlite_config_switch(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK
  }
}
