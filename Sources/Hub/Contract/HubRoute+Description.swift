extension HubRoute {
  /// What the contract says of this route; a new route needs a line here and a description.
  var description: RouteDescription {
    switch self {
    case .health: .health
    case .openAPI: .openAPI
    case .join: .join
    case .sync: .sync
    case .pushChanges: .pushChanges
    case .readChanges: .readChanges
    case .identity: .identity
    case .held: .held
    case .states: .states
    case .postRecords: .postRecords
    case .record: .record
    case .history: .history
    case .change: .change
    case .conflicts: .conflicts
    case .replicas: .replicas
    case .revoke: .revoke
    case .digest: .digest
    case .members: .members
    case .addMember: .addMember
    case .invite: .invite
    case .tokens: .tokens
    case .addToken: .addToken
    case .revokeToken: .revokeToken
    case .status: .status
    case .records: .records
    case .metrics: .metrics
    case .backup: .backup
    case .compact: .compact
    }
  }
}
