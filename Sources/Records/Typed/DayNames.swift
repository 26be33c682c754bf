/// Months, weekdays and the days around today as they are written in Spanish, Portuguese, French and Arabic.
///
/// Records come from messages and programmes in these languages, and dates are pasted as they stand there ("3 de marzo de
/// 2027", "lundi", "١٢ أيار"). Only whole names are known: a shortened one may mean another thing elsewhere ("mar" is
/// a Tuesday in Spanish). Names of other calendars' months are not translated, for they are not the same days.
enum DayNames {
  /// The words of a text in English, as far as they are names; small words between day, month and year are left out.
  static func english(_ words: [Substring]) -> [String] {
    var found: [String] = []
    var rest = words.map { SearchText.fold(String($0)) }[...]
    var typed = words[...]
    while let word = rest.first, let asTyped = typed.first {
      // "كانون الثاني" is one month in two words.
      if let next = rest.dropFirst().first, let name = names[word + " " + next] {
        found.append(name)
        (rest, typed) = (rest.dropFirst(2), typed.dropFirst(2))
        continue
      }
      if words.count == 1 || !small.contains(word) { found.append(names[word] ?? String(asTyped)) }
      (rest, typed) = (rest.dropFirst(), typed.dropFirst())
    }
    return found
  }

  /// "3 de marzo de 2027", "lunes el 3", "le 3 mars".
  private static let small: Set<String> = ["de", "del", "el", "le"]

  /// The English name of each folded one.
  private static let names: [String: String] = {
    var names: [String: String] = [:]
    for list in months { add(list, CalendarDay.months, to: &names) }
    for list in weekdays { add(list, CalendarDay.weekdays, to: &names) }
    for list in days { add(list, ["yesterday", "today", "tomorrow"], to: &names) }
    return names
  }()

  private static func add(_ list: String, _ english: [String], to names: inout [String: String]) {
    for (spellings, name) in zip(list.split(separator: ","), english) {
      for spelling in spellings.split(separator: "|") { names[SearchText.fold(String(spelling))] = name }
    }
  }

  private static let months = [
    "enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre|setiembre,octubre,noviembre,diciembre",
    "janeiro,fevereiro,março,abril,maio,junho,julho,agosto,setembro,outubro,novembro,dezembro",
    "janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre",
    "يناير,فبراير,مارس,أبريل,مايو,يونيو|يونيه,يوليو|يوليه,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر",
    "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول",
  ]

  private static let weekdays = [
    "lunes,martes,miércoles,jueves,viernes,sábado,domingo",
    "segunda-feira|segunda,terça-feira|terça,quarta-feira|quarta,quinta-feira|quinta,sexta-feira|sexta,sábado,domingo",
    "lundi,mardi,mercredi,jeudi,vendredi,samedi,dimanche",
    "الاثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت,الأحد",
  ]

  private static let days = ["ayer,hoy,mañana", "ontem,hoje,amanhã", "hier,aujourd'hui,demain", "أمس,اليوم,غدا"]
}
