import Simulation
import Testing

/// The defects that the simulation found in the product, each as the smallest world that showed it.
/// Other systems, which post plain records.
extension TrackRecordTests {
  @Test("an answer kept for a key told a change's number without the id, which the hub had changed since")
  func numberUnderAFormerID() {
    var swarm = Swarm()
    swarm.cities = 2
    swarm.members = 1
    swarm.records = 2
    swarm.batch = 1
    swarm.page = 20
    swarm.integrators = 2
    swarm.readers = 0
    expectPeace(
      Plan(
        seed: 924_407, swarm: swarm,
        steps: [
          .post(13, .lossy, salt: 10_078_572_193_665_304_912),
          .post(15, .lossy, salt: 8_041_186_032_893_595_421),
          .keep(.hub),
          .putBack(.hub, 28),
        ]))
  }

  @Test("a system's record was deleted by its own post, which removed the last value that stood against a delete")
  func postThatDeletes() {
    var swarm = Swarm()
    swarm.cities = 4
    swarm.members = 3
    swarm.records = 4
    swarm.batch = 5
    swarm.page = 2
    swarm.integrators = 1
    swarm.readers = 0
    expectPeace(
      Plan(
        seed: 960_651, swarm: swarm,
        steps: [
          .withdraw(4),
          .post(52, .calm, salt: 7_283_357_168_181_324_029),
          .post(15, .calm, salt: 11_223_112_530_825_480_903),
          .sync([40], .calm, salt: 11_322_246_301_008_810_402),
          .edit(city: 53, .element, record: 60, salt: 8_246_740_273_969_736_508),
          .sync([29, 49], .calm, salt: 7_123_418_124_842_254),
          .withdraw(33),
          .post(4, .calm, salt: 9_558_262_407_389_631_222),
          .edit(city: 40, .delete, record: 56, salt: 10_083_374_671_397_149_794),
          .sync([12], .calm, salt: 9_825_969_027_569_086_938),
        ]))
  }

  @Test("a system lost what it knew where the copy that was put back had its token as revoked, and the hub did not")
  func systemOfRevokedToken() {
    var swarm = Swarm()
    swarm.cities = 5
    swarm.members = 3
    swarm.records = 4
    swarm.batch = 20
    swarm.page = 5
    swarm.integrators = 1
    swarm.copiesBlankFiles = true
    expectPeace(
      Plan(
        seed: 1_003_976, swarm: swarm,
        steps: [
          .post(50, .calm, salt: 609_576_251_332_753_519),
          .keep(.hub),
          .edit(city: 2, .summary, record: 44, salt: 9_255_273_395_106_397_784),
          .putBack(.hub, 34),
          .withdraw(49),
          .sync([57, 55, 55, 43], .calm, salt: 8_738_002_400_157_688_030),
          .keep(.hub),
          .keep(.hub),
          .putBack(.hub, 3),
          .keep(.hub),
          .putBack(.hub, 33),
        ]))
  }

  @Test("a script took the answer of its dry run, which a proxy gave again, for that of its post")
  func staleDryRun() {
    var swarm = Swarm()
    swarm.members = 1
    swarm.records = 3
    swarm.batch = 2
    swarm.page = 1
    swarm.integrators = 2
    swarm.readers = 1
    swarm.copiesBlankFiles = true
    expectPeace(
      Plan(
        seed: 1_020_435, swarm: swarm,
        steps: [
          .post(45, .lossy, salt: 4_229_919_668_812_197_602), .post(41, .calm, salt: 14_265_222_399_468_676_559),
        ]))
  }
}
