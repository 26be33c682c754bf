/// The records of the two event pages that the project began with; the acceptance case of the import.
let sampleFile = #"""
  {
  "format": "pioc-sample/1",
  "sources": {"S0": "000_75272e0dcd49d865.txt", "S3": "003_178a5e48061e283d.txt"},
  "events": [
  {"id": "evt-roundtable-2020", "title": "Cities and Mass Violence Roundtable", "when": {"start": \#
  "2020-10-29"}, "areas": ["Mass Violence and Atrocities"], "kind": "roundtable", "attendance": \#
  ["invitation-only"], "language": "en", "summary": "Discussion of how preventing urban violence and \#
  preventing mass atrocities meet at city level; findings of a commissioned draft report are \#
  presented for feedback.", "points": [
  {"kind": "context", "text": "The Stanley Center and Impact:Peace had been studying the links \#
  between urban and mass violence for some months."},
  {"kind": "context", "text": "Municipal bodies tend to work in very practical terms, which opens \#
  much room for engagement."},
  {"kind": "aim", "text": "Understand and identify how city leaders and community actors can build \#
  peace-oriented resilience while addressing risk factors that could lead to identity-based mass \#
  violence if ignored."},
  {"kind": "context", "text": "A researcher at University College London's Bartlett faculty, guided \#
  by Impact:Peace, examined the four questions."},
  {"kind": "question", "text": "Where do approaches that work for urban peacebuilding and violence \#
  prevention overlap with atrocity prevention?"},
  {"kind": "question", "text": "What is gained by spotting and answering mass-violence risk factors \#
  at city level?"},
  {"kind": "question", "text": "What evidence shows that a city investing in resilience saves social \#
  and financial costs through prevention?"},
  {"kind": "question", "text": "What can city leaders do to raise resilience and to prevent and \#
  reduce several kinds of violence?"},
  {"kind": "aim", "text": "Present key findings of the draft report and collect feedback (Stanley \#
  Center and Impact:Peace)."},
  {"kind": "aim", "text": "Review and discuss possible strategies and good practice for inclusive \#
  programme interventions."}
  ], "participants": [{"ref": "org-stanley", "role": "organizer"}, {"ref": "org-impactpeace", "role": \#
  "partner"}, {"ref": "per-markowitz", "role": "researcher"}, {"ref": "per-shantz", "role": \#
  "contact"}, {"ref": "per-sutherland", "role": "contact"}], "relatedEvents": ["evt-retreat-2020", \#
  "evt-spc60-2019", "evt-launch-2019"], "relatedPublications": ["pub-case", "pub-pioc"], \#
  "visibility": "network", "source": "S0"},
  {"id": "evt-retreat-2020", "title": "Peace in Our Cities: Senior Staff Planning and Strategy \#
  Retreat", "when": {"start": "2020-02-04", "end": "2020-02-06"}, "kind": "retreat", "visibility": \#
  "network", "source": "S0"},
  {"id": "evt-spc60-2019", "title": "60th Strategy for Peace Conference", "when": {"start": \#
  "2019-10-16", "end": "2019-10-18"}, "kind": "conference", "visibility": "network", "source": "S0"},
  {"id": "evt-launch-2019", "title": "Launch of the Impact:Peace Initiative", "when": {"start": \#
  "2019-05-20", "end": "2019-05-22"}, "kind": "launch", "visibility": "network", "source": "S0"},
  {"id": "evt-smart-2022", "title": "Peace in Our Cities Webinar: Smart Cities—Opportunity or Risk \#
  for Peace in our Cities?", "when": {"start": "2022-06-22"}, "areas": ["Mass Violence and \#
  Atrocities"], "kind": "webinar", "attendance": ["registration-required"], "language": "en", \#
  "summary": "Experts and city officials weigh whether smart-city technology helps or harms peaceful, \#
  just and inclusive cities.", "points": [
  {"kind": "figure", "text": "Cities hold half of the world's population already and will grow; 1.3 \#
  million people move into cities every week."},
  {"kind": "figure", "text": "By 2040, 56 percent of the world's population will live in cities."},
  {"kind": "context", "text": "The risk of urban violence is constant and threatens the prosperity of \#
  cities and residents, the most vulnerable above all."},
  {"kind": "aim", "text": "The Peace in Our Cities Network wants a movement of people, mayors and \#
  city governments to halve urban violence by 2030 through human-rights-based prevention and \#
  reduction."},
  {"kind": "context", "text": "Emerging technologies, big data and advanced analytics spread under \#
  the name of Smart City projects."},
  {"kind": "figure", "text": "Analysts expect smart-city investment of USD 203 billion worldwide by \#
  2024."},
  {"kind": "question", "text": "Could smart approaches reduce violence and build community safety in \#
  ever more complex urban systems?"},
  {"kind": "question", "text": "Or will they stand in the way of the network's ambition of peaceful, \#
  just and inclusive cities?"},
  {"kind": "figure", "text": "One study suggests 30 to 40 percent less crime and 20 to 35 percent \#
  faster emergency response through smart-city technology."},
  {"kind": "context", "text": "Technology does not solve problems that come from poverty, inequity or \#
  the social disruption of the COVID-19 pandemic."},
  {"kind": "question", "text": "Can technology be an additional tool within a human approach?"},
  {"kind": "context", "text": "Possible benefit: police services connect to citizens, build trust, \#
  strengthen ties with communities."},
  {"kind": "context", "text": "Possible harm: a wider divide, mass surveillance, discrimination, a \#
  more stratified and biased society."},
  {"kind": "aim", "text": "Let experts and city officials share how they steer between opportunities \#
  and challenges, and help judge whether smart cities are ally or enemy of peace in our cities."}
  ], "participants": [{"ref": "org-stanley", "role": "organizer"}, {"ref": "org-pioc", "role": \#
  "network"}, {"ref": "per-sanchez", "role": "contact"}], "visibility": "network", "source": "S3"}
  ],
  "contacts": [
  {"id": "per-shantz", "kind": "individual", "name": {"full": "Kelsey Paul Shantz"}, "affiliations": \#
  [{"org": "org-stanley", "title": "Program Officer", "area": "Mass Violence and Atrocities"}], \#
  "consent": {"basis": "public-role", "scope": "network", "evidence": "S0"}, "visibility": "network", \#
  "source": "S0"},
  {"id": "per-sutherland", "kind": "individual", "name": {"full": "Jai-Ayla Sutherland"}, \#
  "affiliations": [{"org": "org-stanley", "title": "Program Officer", "area": "Mass Violence and \#
  Atrocities"}], "consent": {"basis": "public-role", "scope": "network", "evidence": "S0"}, \#
  "visibility": "network", "source": "S0"},
  {"id": "per-sanchez", "kind": "individual", "name": {"full": "Sydney Sanchez"}, "affiliations": \#
  [{"org": "org-stanley", "title": "Operations Specialist"}], "consent": {"basis": "public-role", \#
  "scope": "network", "evidence": "S3"}, "visibility": "network", "source": "S3"},
  {"id": "per-markowitz", "kind": "individual", "name": {"full": "Ariana Markowitz"}, "affiliations": \#
  [{"org": "org-bartlett", "title": "Researcher"}], "consent": {"basis": "public-role", "scope": \#
  "network", "evidence": "S0"}, "visibility": "network", "source": "S0"},
  {"id": "org-stanley", "kind": "org", "name": {"full": "Stanley Center"}, "visibility": "public", \#
  "source": "S0"},
  {"id": "org-impactpeace", "kind": "org", "name": {"full": "Impact:Peace"}, "visibility": "public", \#
  "source": "S0"},
  {"id": "org-bartlett", "kind": "org", "name": {"full": "University College London, The Bartlett \#
  Faculty of the Built Environment"}, "visibility": "public", "source": "S0"},
  {"id": "org-pioc", "kind": "org", "name": {"full": "Peace in Our Cities Network"}, "visibility": \#
  "public", "source": "S3"}
  ],
  "publications": [
  {"id": "pub-case", "type": "document", "title": "Making the Case for Peace in Cities", "areas": \#
  ["Mass Violence and Atrocities"], "visibility": "public", "source": "S0"},
  {"id": "pub-pioc", "type": "document", "title": "Peace in Our Cities", "areas": ["Mass Violence and \#
  Atrocities"], "visibility": "public", "source": "S0"}
  ]
  }
  """#
