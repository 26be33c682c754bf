import Records
import Replica
import SQLite
import Store
import Sync
import Terminal

extension Failure {
  /// Whatever was thrown, in plain words.
  init(explaining error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as UsageError: self = .usage(error.message, error.hint)
    case let error as FieldError: self = .usage(Self.sentence(error.message), "Mend the value and try again.")
    case let error as ReplicaError: self.init(error)
    case let failure as SyncFailure: self.init(failure)
    case let error as SQLiteError: self.init(error)
    case SchemaError.unreadable(let error): self.init(error)
    case let error as SchemaError: self.init(error)
    case let error as JournalProfileError:
      self = .failed(
        error.description,
        "Nothing was changed. Check the permissions of the replica's folder and file (--dir, PIOC_DIR).")
    case let error as Rejection: self = .usage(Self.sentence(error.detail), error.code.advice)
    case let error as StoreError:
      self = Self.damaged("The replica's file contradicts itself: \(error.description).")
    case let error as StateError:
      self = Self.damaged("The replica's file contradicts itself: \(error.description).")
    case let error as ChangeError:
      self = .usage(Self.sentence(error.description), "Make the value shorter or simpler.")
    default:
      self = .failed("Something unexpected went wrong: \(error).", "Try again; nothing half-done is kept.")
    }
  }

  private init(_ failure: SyncFailure) {
    if case .tooMuch = failure.kind {
      self.init(
        message: failure.description,
        advice: failure.advice + " 'pioc sync --dry-run' shows what it is; 'pioc sync --allow-many' lets it pass.",
        exitCode: ExitCode.needsConsent)
    } else {
      self =
        failure.isTemporary
        ? .temporary(failure.description, failure.advice) : .failed(failure.description, failure.advice)
    }
  }

  private init(_ error: ReplicaError) {
    let message = error.description
    self =
      switch error {
      case .notAReplica: .noReplica(message)
      case .alreadyAReplica: .failed(message, "Use it as it is, or name another folder with --dir.")
      case .notJoined: .failed(message, "Join one with 'pioc join URL'; everything else works without.")
      case .noSuchRecord: .usage(message, "'pioc search WORDS' and the 'list' commands show ids.")
      case .ambiguous(_, let ids): .usage(message, "Type more of it: \(Self.choice(ids)).")
      case .erased: .failed(message, "Nothing can bring it back; make a new record.")
      case .nothingToDo: .usage(message, "'pioc conflicts show ID' shows what there is to choose from.")
      case .refused(let rejection): .usage(message, rejection.code.advice)
      }
  }

  private init(_ error: SQLiteError) {
    self =
      switch true {
      case error.isBusy:
        .temporary(
          "Another program is writing to the replica.", "Nothing was changed; try again in a moment.")
      case error.isFull: .failed("The disk is full.", "Nothing was changed; free some space and try again.")
      case error.isUnfinishedCommit:
        .failed(
          "A command was interrupted while it wrote to the replica, and what it left cannot be cleared up here: the "
            + "file, its folder or its disk can only be read.",
          "Nothing was changed and nothing is lost. Copy replica.db together with replica.db-journal into a folder "
            + "where you may write, make both writable there (chmod u+w), and name that folder with --dir.")
      case error.isReadOnly, error.isCannotOpen:
        .failed(
          "The replica's file cannot be opened or written.",
          "Nothing was changed; check the permissions of its folder and file (--dir, PIOC_DIR).")
      case error.isNotADatabase:
        .failed(
          "The file is no replica of pioc, or its beginning is damaged.",
          "Nothing was changed. Name another folder with --dir or PIOC_DIR; if it was a replica, keep it as it is: a new one "
            + "('pioc join URL --member NAME --dir OTHER') gets from the hub all that was synced.")
      case error.isCorrupt: Self.damaged("The replica's file is damaged.")
      case error.isInputOutput:
        .failed(
          "The disk did not do what it was asked (\(error.message)).",
          "Nothing was acknowledged; check the disk and try again.")
      default:
        .failed(
          "The replica's file refused that (\(error.description)).",
          "Nothing was changed; please report this.")
      }
  }

  private init(_ error: SchemaError) {
    self =
      switch error {
      case .newer:
        .failed(
          "A newer version of pioc has written this replica.",
          "Nothing was changed; install that version, or newer.")
      case .older:
        .failed(
          "An older version of pioc has written this replica, and it can only be read: it cannot be brought up to date.",
          "Nothing was changed. Copy replica.db into a folder where you may write, make it writable there "
            + "(chmod u+w), and name that folder with --dir.")
      default: .failed(Self.sentence(error.description), "Name another folder with --dir or PIOC_DIR.")
      }
  }

  /// The command would write, and the file can only be read.
  static func readOnly(_ folder: ReplicaFolder) -> Failure {
    .failed(
      "This replica can only be read: nothing may be written to \(TerminalSafe.line(folder.database)).",
      "Nothing was changed; what only reads (list, show, search, history, export …) works. To write, use the replica "
        + "that this one is a copy of, or give yourself the right to write to the file and its folder.")
  }

  /// There is no replica in the folder.
  static func noReplica(_ message: String) -> Failure {
    .failed(
      message, "Make one with 'pioc init --member NAME'; --dir or PIOC_DIR names another folder to look in.")
  }

  private static func damaged(_ message: String) -> Failure {
    .failed(
      message,
      "Keep the file as it is; a new replica ('pioc join URL --member NAME --dir OTHER') gets "
        + "from the hub all that was synced.")
  }

  private static func choice(_ ids: [RecordID]) -> String {
    ids.prefix(5).map(\.description).joined(separator: ", ") + (ids.count > 5 ? " …" : "")
  }

  /// A clause as a sentence: with a full stop, and a capital letter unless it begins with a field's name.
  private static func sentence(_ clause: String) -> String {
    let isEnded = clause.last.map { ".!?".contains($0) } ?? true
    return isEnded ? clause : clause + "."
  }
}
