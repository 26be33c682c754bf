import Net

extension ServerFigures {
  /// Writes them.
  func write(to text: inout MetricsText) {
    text.single("peacesync_connections", .gauge, "Open connections.", Int64(openConnections))
    text.single(
      "peacesync_connections_refused_total", .counter, "Connections refused because their address had too many.",
      Int64(refusedConnections))
    text.single(
      "peacesync_connections_shed_total", .counter, "Slow connections cut off because all held too much memory.",
      Int64(shedConnections))
    text.single(
      "peacesync_held_bytes", .gauge, "Bytes of requests that are not whole and answers that are not read.",
      Int64(heldBytes))
    text.single(
      "peacesync_request_bytes", .gauge, "Bytes of the bodies of requests that wait for their answers.",
      Int64(requestBytes))
  }
}
