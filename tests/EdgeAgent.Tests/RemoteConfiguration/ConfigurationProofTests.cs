using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.Evidence;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Tests.RemoteConfiguration;

/// <summary>What is not the ledger's own word about this station is not run with.</summary>
public sealed class ConfigurationProofTests
{
    private const string Json = """{ "Upload": { "ParallelFiles": 3 } }""";

    private readonly FakeLedger _ledger = new();

    public ConfigurationProofTests()
    {
        _ledger.Register(Versions.Act("{}"));
        _ledger.Register(Versions.Act("{}", "dock-other"));
    }

    [Fact]
    public void A_version_of_this_station_in_the_ledger_is_proved_then_and_later()
    {
        var version = _ledger.Register(Json);
        _ledger.Register("{}");

        Assert.Equal(Json, Open(version, _ledger.Pin())?.Content.ToStringUtf8());
        Assert.Equal(2ul, version.Index);
    }

    [Fact]
    public void No_byte_of_it_can_be_another()
    {
        var version = _ledger.Register(Json);
        for (var i = 0; i < version.Entry.Length; i++)
            Assert.True(Open(version with { Entry = Flip(version.Entry, i) }, _ledger.Pin()) is null, $"entry byte {i}");
        var unlooked = Enumerable.Range(0, version.Proof.Length).Count(i => Open(version with { Proof = Flip(version.Proof, i) }, _ledger.Pin()) is not null);

        // The tree size, which the signed checkpoint says itself.
        Assert.Equal(1, unlooked);
    }

    [Fact]
    public void A_version_of_another_station_is_refused() =>
        AssertRefused(_ledger.Register(Json, "dock-other"), _ledger.Pin(), "entry 2 is a configuration for dock-other");

    [Fact]
    public void Another_ledger_s_word_is_nothing()
    {
        var other = new FakeLedger();

        AssertRefused(other.Register(Json), _ledger.Pin(), "its checkpoint is not signed by test.example/shard-1 under a key this station accepted");
    }

    [Fact]
    public void A_version_under_an_origin_that_was_accepted_before_is_still_proved()
    {
        var version = _ledger.Register(Json);
        var next = new LedgerPin("test.example/shard-2", new FakeLedger().VerifierKey, [], "", [])
        {
            Past = [new LedgerPast(FakeLedger.Origin, _ledger.VerifierKey, [])],
        };

        Assert.NotNull(Open(version, next));
    }

    [Fact]
    public void A_proof_of_another_entry_proves_nothing()
    {
        var (one, other) = (_ledger.Register(Json), _ledger.Register("{}"));
        var proof = InclusionProofAnswer.Parser.ParseFrom(other.Proof);
        proof.Index = one.Index;

        AssertRefused(one with { Proof = proof.ToByteArray() }, _ledger.Pin(), "entry 2 is not in the tree of 4");
    }

    [Theory]
    [InlineData(LeafOrigin.Producer)]
    [InlineData(LeafOrigin.Door)]
    public void An_entry_that_no_operator_wrote_is_refused(LeafOrigin origin) =>
        AssertRefused(_ledger.Prove(_ledger.Register(Versions.Act(Json), origin)), _ledger.Pin(), "entry 2 is no act on the registers");

    [Fact]
    public void An_act_with_more_in_it_is_refused()
    {
        var act = Versions.Act(Json);
        act.Changes.Add(Versions.Act(Json).Changes);

        AssertRefused(_ledger.Prove(_ledger.Register(act)), _ledger.Pin(), "entry 2 registers no configuration");
    }

    [Fact]
    public void A_content_that_is_not_the_one_named_is_refused()
    {
        var act = Versions.Act(Json);
        act.Changes[0].AgentConfiguration.Content = ByteString.CopyFromUtf8("{}");

        AssertRefused(_ledger.Prove(_ledger.Register(act)), _ledger.Pin(), "the content of entry 2 has not the SHA-256 it names");
    }

    [Fact]
    public void Nothing_at_or_below_what_was_decided_on_is_looked_at_again()
    {
        var version = _ledger.Register(Json);

        var taken = ConfigurationState.Empty.Take(version);

        Assert.Equal((0ul, 3ul), (ConfigurationState.Empty.Floor(_ledger.Pin()), taken.Floor(_ledger.Pin())));
    }

    [Fact]
    public void Where_the_ledger_goes_on_after_a_restore_its_new_numbers_count_from_there()
    {
        var taken = ConfigurationState.Empty with { SeenOrigin = "a", SeenEntry = 500 };
        var restored = new LedgerPin("c", "", [], "", []) { Past = [Past("a", 400), Past("b", 450)] };

        Assert.Equal(400ul, taken.Floor(restored));
        Assert.Equal(450ul, (taken with { SeenOrigin = "b" }).Floor(restored));
        Assert.Equal(501ul, (taken with { SeenOrigin = "c" }).Floor(restored));
        Assert.Equal(301ul, (taken with { SeenEntry = 300 }).Floor(restored));

        static LedgerPast Past(string origin, ulong goesOnFrom) => new(origin, "", []) { GoesOnFrom = goesOnFrom };
    }

    private static Contracts.V1.AgentConfiguration? Open(ConfigurationVersion version, LedgerPin pin) =>
        ConfigurationProof.Open(version, pin, Versions.Producer, out _);

    private static void AssertRefused(ConfigurationVersion version, LedgerPin pin, string why)
    {
        Assert.Null(ConfigurationProof.Open(version, pin, Versions.Producer, out var said));
        Assert.Equal(why, said);
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 1;
        return changed;
    }
}
