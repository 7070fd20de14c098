using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

public sealed class PreconditionTests
{
    private readonly LedgerFixture _fixture = new();

    [Fact]
    public async Task Of_many_that_saw_the_same_version_one_is_taken_and_the_others_take_no_number()
    {
        await using var core = await _fixture.OpenAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => core.FactAsync(LedgerFixture.Fact("alert/a", 0))));

        Assert.Single(outcomes, o => o.Outcome.Receipt is not null);
        Assert.All(outcomes.Where(o => o.Outcome.Receipt is null), o => Assert.Equal(RefusalCode.Conflict, o.Outcome.Refusal!.Code));
        Assert.Equal(1UL, core.Marks.StreamVersion("alert/a"));
        Assert.Equal(1UL, core.Reader.DurableSize);

        var next = await core.FactAsync(LedgerFixture.Fact("alert/a", 1));
        Assert.True(EnvelopeReader.TryRead(next.Envelope, out var opened));
        Assert.Equal(("desk", 2UL), (opened.Record!.Identity.Producer, opened.Record.Identity.Sequence));
        next.Outcome.Receipt!.AssertCovers(FactEnvelope.ToRequest(LeafOrigin.Operator, opened.Record));
    }

    [Fact]
    public async Task A_fact_that_no_reader_would_open_again_is_refused_and_takes_no_number()
    {
        await using var core = await _fixture.OpenAsync();
        var fact = LedgerFixture.Fact("alert/a", 0);
        fact.SourceDevice = new string('x', EnvelopeReader.MaxBytes);

        Assert.Equal(RefusalCode.TooLarge, (await core.FactAsync(fact)).Outcome.Refusal!.Code);

        Assert.Equal(0UL, core.Reader.DurableSize);
        fact.SourceDevice = new string('x', EnvelopeReader.MaxBytes - 4096);
        var taken = await core.FactAsync(fact);
        Assert.True(EnvelopeReader.TryRead(taken.Envelope, out _));
    }

    [Fact]
    public async Task Any_version_advances_without_comparing()
    {
        await using var core = await _fixture.OpenAsync();
        await core.FactAsync(LedgerFixture.Fact("alert/a", 0));
        Assert.NotNull((await core.FactAsync(LedgerFixture.Fact("alert/a", 77, any: true))).Outcome.Receipt);
        Assert.Equal(2UL, core.Marks.StreamVersion("alert/a"));
    }

    [Theory]
    [InlineData(1 << 20, false)]
    [InlineData(4096, false)]
    [InlineData(4096, true)]
    public async Task Versions_and_numbers_survive_restarts(long segmentBytes, bool withoutSnapshots)
    {
        _fixture.Options.SegmentBytes = segmentBytes;
        var core = await _fixture.OpenAsync();
        for (ulong i = 0; i < 60; i++)
        {
            await core.FactAsync(LedgerFixture.Fact("case/1/lifecycle", i));
            await core.ReceiptAsync(LedgerFixture.Request(i + 1, padding: 100));
        }
        await core.DisposeAsync();
        if (withoutSnapshots)
            foreach (var name in _fixture.Disk.EnumerateFiles(_fixture.Paths.Snapshots))
                _fixture.Disk.Delete(Path.Combine(_fixture.Paths.Snapshots, name));

        await using var again = await _fixture.OpenAsync();
        Assert.Equal(60UL, again.Marks.StreamVersion("case/1/lifecycle"));
        Assert.Equal(60UL, Assert.Single(again.Marks.Marks("desk", 1)).LastSequence);
        Assert.Equal(RefusalCode.Conflict, (await again.FactAsync(LedgerFixture.Fact("case/1/lifecycle", 59))).Outcome.Refusal!.Code);
        Assert.NotNull((await again.FactAsync(LedgerFixture.Fact("case/1/lifecycle", 60))).Outcome.Receipt);
    }

    [Fact]
    public async Task A_fact_that_keeps_the_largest_record_does_not_hinder_the_next_start()
    {
        var core = await _fixture.OpenAsync();
        var fact = new Contracts.V1.Record
        {
            RecordQuarantined = new RecordQuarantined { Producer = "station-1", Envelope = Google.Protobuf.ByteString.CopyFrom(new byte[EnvelopeReader.MaxBytes - 4096]) },
        };
        Assert.NotNull((await core.FactAsync(fact, LeafOrigin.Ledger)).Outcome.Receipt);
        await core.DisposeAsync();

        await using var again = await _fixture.OpenAsync();
        Assert.Equal(1UL, Assert.Single(again.Marks.Marks("ledger", 1)).LastSequence);
    }
}
