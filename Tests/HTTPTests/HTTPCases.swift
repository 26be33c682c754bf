extension HTTPCase {
  /// Malformed and unusual requests with the answer that each must get.
  ///
  /// 9110 and 9112 are the RFCs, "garden" is the published list of bugs that parsers were found to have.
  static let all = table(lines + bodies + connections)

  private static let lines = #"""
    L01 | {G}\r\n | 200 | K | baseline
    L02 | \r\n{G}\r\n | 200 | K | 9112 2.2: one empty line is ignored
    L03 | {9 x \r\n}{G}\r\n | 400 | C | but not many
    L04 | GET /v1/ping\r\n\r\n | 400 | C | HTTP/0.9
    L05 | GET⟨\x20\x20¦\t¦\x0b⟩/v1/ping{H} | 400 | C | 9112 3
    L06 | GET /v1/ping HTTP/1.1 \r\nHost: hub.test\r\n\r\n | 400 | C | 9112 3
    L07 | GET /v1/pi ng{H} | 400 | C | 9112 3.2
    L08 | GET{H} | 400 | C | 9112 3
    L09 | ⟨get¦BREW¦Get¦GETS¦PROPFIND¦{32 x A}⟩ /v1/ping{H} | 501 | K | 9110 9.1
    L10 | ⟨{33 x A} /v1/ping{H}¦{99 x A}⟩ | 501 | C | 9112 3
    L11 | G⟨@¦(¦\x00¦\xff⟩T /{H} | 400 | C | 9112 3.1
    L12 | DELETE /v1/ping{H} | 405 | K | 9110 15.5.6
    L13 | ⟨CONNECT hub.test:80¦TRACE /⟩{H} | 501 | C | 9110 9.3.6
    L14 | OPTIONS *{H} | 204 | K | 9112 3.2.4
    L15 | ⟨GET¦POST⟩ *{H} | 400 | C | 9112 3.2.4
    L16 | GET ⟨http://hub.test/v1/ping¦HTTP://HUB.test:80/v1/ping?a=b⟩{H} | 200 | K | 9112 3.2.2
    L17 | GET ⟨http://evil.test/v1/ping¦http://hub.test:81/v1/ping⟩{H} | 421 | C | 9110 15.5.20
    L17a | GET ⟨http://¦http:///v1/ping¦http://u@hub.test/¦ftp://hub.test/¦hub.test/¦http:/v1/ping⟩{H}\#
    | 400 | C | 9112 3.2.2
    L18 | GET /v1/ping#f{H} | 400 | C | 9112 3.2.1
    L19 | GET /v1/⟨\x00¦\xc3\xa9¦\\¦\x7f¦"¦<¦[⟩{H} | 400 | C | RFC 3986
    L20 | GET /v1/⟨%00¦%zz¦%¦%4¦%c0%af¦%0d%0a¦..%2f..%2fetc/passwd¦%2e%2e/x¦../x¦.¦a%2fb¦a%5cb¦%7f⟩{H}\#
    | 400 | K | decode once, reject
    L20a | GET /v1/ping?a=⟨%zz¦%¦%00¦%ff⟩{H} | 400 | K | decode once, reject
    L20b | GET /v1/%70ing?a=%20+b&c{H} | 200 | K | an escape is its byte
    L21 | GET /{7980 x a}{H} | 404 | K | 9112 3: 8000 octets
    L22 | GET /{9000 x a}{H} | 414 | C | 9110 15.5.15
    L23 | GET /v1/ping HTTP/1.2\r\nHost: hub.test\r\n\r\n | 200 | K | 9110 2.5
    L24 | GET /v1/ping HTTP/⟨2.0¦3.0¦0.9⟩\r\nHost: hub.test\r\n\r\n | 505 | C | 9110 15.6.6
    L24a | PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n | 505 | C | 9110 15.6.6
    L25 | GET /v1/ping ⟨HTTP/1¦http/1.1¦HTTP/01.1¦HTTP/1.10¦HTTP/ 1.1¦HTTP/1.1x¦HTP/1.1¦(empty)⟩\r\n\#
    Host: hub.test\r\n\r\n | 400 | C | 9112 2.3
    L26 | \x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 | 400 | C | a TLS hello
    L26a | \x9c\x11\xe0\x04\x7e\x0a\x33\xd8\x51\x0d\x20\x62\xab\x00\xff\x0a{48 x \x8e} | 400 | C | noise
    L26b | \n{G}\r\n | 400 | C | 9112 2.2
    L26c | \r{G}\r\n | 400 | C | 9112 2.2

    H01 | GET /v1/ping HTTP/1.1\r\n\r\n | 400 | C | 9112 3.2
    H02 | {G}Host: ⟨hub.test¦other⟩\r\n\r\n | 400 | C | 9112 3.2
    H03 | GET /v1/ping HTTP/1.1\r\nHost: ⟨u@hub.test¦hub.test/x¦a, b¦a,b¦hub.test:99999¦hub.test:8x¦\#
    hub.test:+8¦[::1¦[]¦[x]¦a b¦h\xe9¦(empty)⟩\r\n\r\n | 400 | C | 9112 3.2
    H03a | GET /v1/ping HTTP/1.1\r\nHost: ⟨hub.test:8642¦[::1]:80¦127.0.0.1¦hub.test:¦a_b⟩\r\n\r\n | 200\#
    | K | 9110 7.2
    H04 | GET /v1/ping HTTP/1.0\r\n\r\n | 200 | C | 9112 9.3
    H05 | {G}Foo⟨\x20¦\t⟩: x\r\n\r\n | 400 | C | 9112 5.1
    H06 | GET /v1/ping HTTP/1.1\r\n⟨\x20¦\t⟩Host: hub.test\r\n\r\n | 400 | C | 9112 2.2
    H07 | {G}Foo: a\r\n⟨\x20¦\t⟩b\r\n\r\n | 400 | C | 9112 5.2
    H08 | {G}⟨Foo¦: x¦Fo(o: x¦F\xc3\xb6o: x¦Fo\x00o: x¦F\x85: x¦Te\nst: x⟩\r\n\r\n | 400 | C | 9110 5.1
    H09 | {G}Foo: a⟨\x00¦\r¦\x01¦\x7f⟩b\r\n\r\n | 400 | C | 9110 5.5
    H09a | {G}Foo:\tb\tc \t\r\nBar:\r\n\r\n | 200 | K | 9110 5.5: tabs and empty values are sound
    H10 | GET /v1/ping HTTP/1.1\nHost: hub.test\n\n | 400 | C | 9112 2.2
    H10a | {G}A: 1\nB: 2\r\n\r\n | 400 | C | 9112 2.2
    H10b | {G}\n | 400 | C | 9112 2.2
    H11 | {G}⟨\rX: y\r\n\r\n¦\r\rX⟩ | 400 | C | garden 30
    H12 | {G}Foo: \xe9\r\n\r\n | 200 | K | 9110 5.5
    H13 | {G}Foo: {8200 x a}\r\n\r\n | 431 | C | RFC 6585 5
    H13a | {G}{100 x A: b\r\n}\r\n | 431 | C | RFC 6585 5
    H13b | {G}{33 x F: {1020 x v}\r\n}\r\n | 431 | C | RFC 6585 5
    H13c | {G}⟨{9000 x n}: v\r\n\r\n¦{9000 x n}⟩ | 431 | C | RFC 6585 5
    H13d | {G}Foo: {8180 x a}\r\n{90 x A: b\r\n}\r\n | 200 | K | within all limits
    H14 | {P}Content⟨_¦\t¦\x20⟩Length: 5\r\n\r\nhello | 400 | C | an alias of a framing field
    H14a | {P}transfer_encoding: chunked\r\nContent-Length: 2\r\n\r\n{} | 400 | C\#
    | an alias of a framing field

    """#

  private static let bodies = #"""
    F01 | {P}⟨Content-Length: 5\r\nTransfer-Encoding: chunked¦Transfer-Encoding: chunked\r\n\#
    Content-Length: 5⟩\r\n\r\n{E} | 400 | C | 9112 6.1
    F02 | {P}Content-Length: ⟨2\r\nContent-Length: 2¦2\r\nContent-Length: 3¦2, 2¦2, 3¦2,2⟩\r\n\r\n{}\#
    | 400 | C | 9112 6.3
    F03 | {P}Content-Length: ⟨+2¦-2¦-0¦0x2¦2 0¦(empty)¦2;¦1_0¦\xd9\xa3¦1e1¦2.0¦0o2¦\xa02⟩\r\n\r\n{} | 400\#
    | C | 9110 8.6
    F04 | {P}Content-Length:⟨ 0000002¦\t2\t¦2⟩\r\n\r\n{} | 200 | K | decimal, not octal
    F05 | {P}Content-Length: ⟨18446744073709551618¦9223372036854775808¦{40 x 9}⟩\r\n\r\n | 400 | C | 9110 8.6
    F06 | {P}Content-Length: ⟨8388609¦9223372036854775807⟩\r\n\r\n | 413 | C | 9110 15.5.14
    F07 | {P}Transfer-Encoding: ⟨gzip, chunked¦gzip , deflate,Chunked⟩\r\n\r\n{E} | 501 | C | 9112 6.1
    F08 | {P}Transfer-Encoding: ⟨chunked, gzip¦gzip¦identity¦xchunked¦chunked x¦chunked, chunked¦\#
    (empty)⟩\r\n\r\n{E} | 400 | C | 9112 6.3
    F09 | {P}Transfer-Encoding: ⟨chun\xe2\x84\xaaed¦\x0bchunked¦\xa0chunked¦chunked\x00¦"chunked"¦\#
    chunked;q=1¦, chunked¦chunked,⟩\r\n\r\n{E} | 400 | C | 9112 7.1
    F10 | {P}Transfer-Encoding: ⟨chunked¦gzip⟩\r\nTransfer-Encoding: chunked\r\n\r\n{E} | 400 | C | garden 11
    F11 | {P}Transfer-Encoding: ⟨Chunked¦CHUNKED \t⟩\r\n\r\n2\r\n{}\r\n{E} | 200 | K | 9112 7
    F12 | POST /v1/push HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n{E} | 400 | C | 9112 6.1
    F13 | {P}\r\n | 411 | K | a route that needs a body
    F14 | {G}⟨Content-Length: 5\r\n\r\nhello¦Transfer-Encoding: chunked\r\n\r\n{E}⟩ | 400 | C | 9110 9.3.1
    F14a | {G}Content-Length: 0\r\n\r\n | 200 | K | no content is no content
    F15 | {P}Content-Length: 5\r\n\r\nabc{FIN} | 400 | C | 9112 6.3
    F15a | ⟨{T}2\r\n{}\r\n¦{T}0\r\n¦{G}¦G⟩{FIN} | 400 | C | 9112 8
    C01 | {T}2⟨(empty)¦;a=b;c="x\\"y"¦ ;a¦;a¦; a = b ; c¦;a="b" ;c=d⟩\r\n{}\r\n{E} | 200 | K | 9112 7.1.1
    C01a | {T}000000000000002\r\n{}\r\n00\r\n\r\n | 200 | K | 9112 7.1: zeros are digits
    C01b | {T}1\r\n{\r\n1\r\n}\r\n{E} | 200 | K | 9112 7.1
    C02 | {T}⟨0x2¦+2¦-2¦2_0¦(empty)¦\x202¦2\x20¦g¦2;¦2;=x¦2;\x00¦2;a\nb¦2\r\r;a¦2;a=¦2;a="b¦2;a="b"c¦2;a b¦\#
    2\r⟩\r\n{}\r\n{E} | 400 | C | 9112 7.1.1
    C03 | {T}⟨10000000000000000¦FFFFFFFFFFFFFFFF¦7FFFFFFFFFFFFFFF⟩\r\n{} | 400 | C | 9112 7.1
    C03a | {T}⟨FFFFFFFFFFFFFFF¦800001⟩\r\n{} | 413 | C | 9110 15.5.14
    C04 | {T}⟨2\n{}\n0\n\n¦2\r\n{}\r\n0\n\r\n¦2\r\n{}\n{E}¦2\r\n{}\r\n0\r\n\n⟩ | 400 | C | 9112 7.1
    C05 | {T}2\r\n{}⟨XX¦\n¦AB0¦\rX⟩\r\n{E} | 400 | C | chunk data without its end
    C06 | {T}0\r\n⟨XX¦X : y¦:y z¦XXPOST / HTTP/1.1¦X: \x00¦ X: y¦X: a\r\n b⟩\r\n\r\n | 400 | C | garden 39
    C06a | {T}2\r\n{}\r\n0\r\nX:POST / HTTP/1.1\r\n\r\n | 200 | K | garden 39: a trailer is no request
    C07 | {T}2\r\n{}\r\n0\r\n⟨Content-Length: 9¦Transfer-Encoding: x¦Authorization: Bearer z¦Host: e¦X: y¦\#
    X:¦A: b\r\nC: d⟩\r\n\r\n | 200 | K | 9112 7.1.2
    C08 | {T}2;{4097 x a}\r\n{}\r\n{E} | 431 | C | 9112 7.1.1
    C08a | {T}2\r\n{}\r\n0\r\nX: {4097 x a}\r\n\r\n | 431 | C | a limit on trailers
    C08b | {T}{80 x 1;{60 x e}\r\n \r\n}{E} | 431 | C | CVE-2023-39326 class
    C08c | {T}2;{4000 x a}\r\n{}\r\n{E} | 200 | K | within the limit

    """#

  private static let connections = #"""
    K01 | {G}\r\n{G}\r\n | 200,200 | K | 9112 9.3.2
    K02 | {G}Connection: ⟨close¦keep-alive, Close⟩\r\n\r\n{G}\r\n | 200 | C | 9112 9.6
    K03 | GET bad\r\n\r\n{G}\r\n | 400 | C | nothing after a fault is read
    K04 | {P}Content-Length: 0\r\n\r\nGET /x{H} | 200,404 | K | garden 48
    K05 | HEAD /v1/ping{H} | 200 | K | 9110 9.3.2
    K06 | {P}Expect: 100-⟨continue¦Continue⟩\r\nContent-Length: 2\r\n\r\n{} | 100,200 | K | 9110 10.1.1
    K06a | {P}Expect: 100-continue\r\nContent-Length: 0\r\n\r\n | 200 | K | 9110 10.1.1: nothing to wait for
    K07 | {P}Expect: 100-Continue\r\nContent-Length: 99999999\r\n\r\n | 413 | C | 9110 10.1.1
    K08 | {P}Expect: ⟨y¦100-continue, y¦100-continue=1¦100-continue\r\nExpect: y⟩\r\n\#
    Content-Length: 2\r\n\r\n{} | 417 | C | 9110 15.5.18
    K09 | POST /v1/push HTTP/1.0\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n\#
    Content-Length: 2\r\n\r\n{} | 200 | C | 9110 15.2
    K10 | {G}⟨Upgrade: h2c\r\nConnection: Upgrade¦Range: bytes=x⟩\r\n\r\n | 200 | K | 9110 7.8, 14.2
    K11 | {P}Content-Encoding: ⟨gzip¦identity, gzip¦br\r\nContent-Encoding: identity⟩\r\n\#
    Content-Length: 2\r\n\r\n{} | 415 | K | 9110 15.5.16
    K11a | {P}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n{E} | 415 | K\#
    | 9110 15.5.16
    K11b | {P}Content-Encoding: Identity\r\nContent-Length: 2\r\n\r\n{} | 200 | K | no coding
    K11c | {P}Content-Encoding: gzip\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n | 415 | C\#
    | the body is held back
    K11d | {P}Content-Encoding: gzip\r\nContent-Length: 70000\r\n\r\n | 415 | C | not worth reading
    K12 | POST /v1/push HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}\#
    | 415 | K | 9110 15.5.16
    K15 | {G}\r\n{FIN} | 200 | C | 9112 9.6: a half-close still wants its answer
    K15a | {G}\r\n{P}Content-Length: 2\r\n\r\n{}{FIN} | 200,200 | C | all of the pipeline
    """#
}
