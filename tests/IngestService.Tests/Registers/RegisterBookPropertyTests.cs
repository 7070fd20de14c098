using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>
/// The answer for an instant never changes when later entries arrive. Random histories of one seed each: versions, planned ones, ends,
/// corrections, events, at random instants; after every entry every earlier answer is asked again.
/// </summary>
public sealed class RegisterBookPropertyTests
{
    private const long Hour = 3_600_000_000;

    private static readonly long Begin = RegisterWorld.At("2026-01-01 00:00");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    // What was known below an entry stays what it was, whatever is written later, corrections and late events included.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_was_known_then_is_answered_for_ever(int seed)
    {
        History history = new(seed);
        List<(RegisterAsOf AsOf, string Answer)> asked = [];
        for (int entry = 0; entry < 60; entry++)
        {
            history.Append(withCorrections: true);
            RegisterAsOf asOf = new(history.AnyInstant(), history.Book.Size);
            asked.Add((asOf, Answer(history.Book, asOf)));

            Assert.All(asked, question => Assert.Equal(question.Answer, Answer(history.Book, question.AsOf)));
        }
    }

    // And without a correction or a late event nothing that is asked about the past changes even for who knows everything.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Ordinary_entries_leave_the_past_alone(int seed)
    {
        History history = new(seed);
        List<(RegisterAsOf AsOf, string Answer)> asked = [];
        for (int entry = 0; entry < 60; entry++)
        {
            history.Append(withCorrections: false);
            RegisterAsOf past = new(history.AnyPastInstant());
            asked.Add((past, Answer(history.Book, past)));

            Assert.All(asked, question => Assert.Equal(question.Answer, Answer(history.Book, question.AsOf)));
        }
    }

    [Fact]
    public void The_check_sees_a_correction()
    {
        RegisterWorld world = RegisterWorld.Market();
        string before = Answer(world.Book, RegisterWorld.AsOf("2026-02-01 00:00"));
        RegisterChange change = RegisterWorld.Officer("zhang", "张三", "team", "2026-01-01", "2026-01-31", OfficerRole.Handler);
        (change.Correction, change.ValidFrom) = (true, RegisterWorld.Stamp("2026-01-15 00:00"));
        ulong entry = world.Add("2026-06-01 00:00", change);

        Assert.NotEqual(before, Answer(world.Book, RegisterWorld.AsOf("2026-02-01 00:00")));
        Assert.Equal(before, Answer(world.Book, RegisterWorld.AsOf("2026-02-01 00:00") with { KnownSize = entry }));
    }

    /// <summary>Everything the guards say about it, as text: steps, details and the entries they rest on.</summary>
    private static string Answer(RegisterBook book, RegisterAsOf asOf) => string.Join('\n',
        OfficerPolicy.MayAct(book, new MayActRequest { OfficerId = "zhang", UnitId = "team", Role = OfficerRole.Handler, Domain = "market" }, asOf),
        CompetencePolicy.MayHandle(book, new MayHandleRequest { UnitId = "team", ItemId = "fake" }, asOf),
        AdmissionPolicy.WasAdmitted(book, "m1", asOf));

    private sealed class History(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly RegisterBookWriter _writer = new(RegisterBook.Empty);
        private long _now = Begin;

        public RegisterBook Book => _writer.ToBook();

        public long AnyInstant() => Begin - 10 * Hour + _random.NextInt64(_now - Begin + 100 * Hour);

        public long AnyPastInstant() => Begin - 10 * Hour + _random.NextInt64(_now - Begin + 10 * Hour);

        public void Append(bool withCorrections)
        {
            _now += 1 + _random.NextInt64(24 * Hour);
            ulong entry = _writer.Size;
            if (_random.Next(6) == 0)
            {
                long happened = withCorrections ? _now - _random.NextInt64(100 * Hour) : _now;
                _writer.Add("m1", new SuspendingEvent(entry, _now, happened, "tamper", "箱门打开"));
            }
            else
            {
                _writer.Add(RegisterVersion.Of(entry, 0, _now, Change(withCorrections), RegisterWorld.Person));
            }

            _writer.Size = entry + 1;
        }

        private RegisterChange Change(bool withCorrections)
        {
            RegisterChange change = Content();
            change.Ended = _random.Next(8) == 0;
            change.Correction = withCorrections && _random.Next(4) == 0;
            // Also what an ordinary version may not say: it must do no harm where it says it.
            if (change.Correction || _random.Next(2) == 0)
                change.ValidFrom = Micros.ToTimestamp(Begin + _random.NextInt64(_now - Begin + 50 * Hour));
            if (_random.Next(3) == 0)
                change.ValidUntil = Micros.ToTimestamp((Micros.Of(change.ValidFrom) ?? _now) + 1 + _random.NextInt64(200 * Hour));
            return change;
        }

        private RegisterChange Content() => _random.Next(7) switch
        {
            0 => RegisterWorld.Unit("team", "综合执法总队" + _random.Next(3), _random.Next(3) == 0 ? UnitStanding.Agency : UnitStanding.Internal, UnitLevel.Team, "city"),
            1 => RegisterWorld.Unit("city", "市市场监管局", UnitStanding.Agency, UnitLevel.City),
            2 => RegisterWorld.Officer("zhang", "张三", _random.Next(3) == 0 ? "city" : "team", "2026-01-01", Day(), OfficerRole.Handler),
            3 => RegisterWorld.Item("fake", "market", through: Day()),
            4 => RegisterWorld.Grant("g-city", "city", GrantBasis.Statutory, "fake"),
            5 => RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, Day(), firmware: "1." + _random.Next(2)),
            _ => RegisterWorld.Step("m1", _random.Next(4) == 0 ? AdmissionState.Suspended : AdmissionState.Admitted),
        };

        private string Day() => CivilDay.ToText(CivilDay.Of(_now + _random.NextInt64(60 * 24 * Hour)));
    }
}
