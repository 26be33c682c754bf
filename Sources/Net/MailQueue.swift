/// Letters in the order in which they came.
struct MailQueue {
  private var letters: [Mail] = []
  private var position = 0

  var isEmpty: Bool { position == letters.count }

  mutating func add(_ new: [Mail]) {
    if new.isEmpty { return }
    // A queue that never runs empty must not keep the places of those that are gone.
    if position > 1_024, position > letters.count / 2 {
      letters.removeFirst(position)
      position = 0
    }
    letters += new
  }

  mutating func add(_ mail: Mail) { letters.append(mail) }

  mutating func next() -> Mail? {
    guard position < letters.count else { return nil }
    defer { position += 1 }
    let mail = letters[position]
    // An answer's memory goes with its letter, and the queue's when it has run empty.
    letters[position].response = nil
    if position == letters.count - 1 { (letters, position) = ([], -1) }
    return mail
  }
}
