using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

public sealed class RecordPlacesTests
{
    private readonly LedgerFixture _fixture = new();

    [Fact]
    public async Task Every_record_is_found_in_open_and_sealed_segments_before_and_after_a_restart_and_nothing_else_is()
    {
        _fixture.Options.SegmentBytes = 4096;
        var places = new Dictionary<RecordIdentity, EntryIndex>();
        await using (var core = await _fixture.OpenAsync())
        {
            for (ulong i = 1; i <= 60; i++)
                foreach (var request in new[] { LedgerFixture.Request(i, padding: 200), LedgerFixture.Request(61 - i, "station-2", recordClass: RecordClass.P2) })
                    if (await core.AppendAsync(request) is { Receipt: { } receipt })
                        places.Add(request.Identity, receipt.Index);
            Assert.True(core.SegmentCount > 5);
            AssertFound(core.Places, places);
        }

        await using var again = await _fixture.OpenAsync();
        AssertFound(again.Places, places);
        Assert.Null(again.Places.Find(LedgerFixture.Request(61).Identity));
        Assert.Null(again.Places.Find(LedgerFixture.Request(1, "station-3").Identity));
        Assert.Null(again.Places.Find(LedgerFixture.Request(1, epoch: 2).Identity));
        Assert.Null(again.Places.Find(LedgerFixture.Request(1, recordClass: RecordClass.P1).Identity));
    }

    [Fact]
    public async Task A_conflict_entry_does_not_stand_for_the_original()
    {
        await using var core = await _fixture.OpenAsync();
        var original = await core.ReceiptAsync(LedgerFixture.Request(1));
        await core.ReceiptAsync(LedgerFixture.Request(1, content: "other"));

        Assert.Equal(original.Index, core.Places.Find(LedgerFixture.Request(1).Identity));
    }

    private static void AssertFound(IRecordPlaces places, Dictionary<RecordIdentity, EntryIndex> expected)
    {
        Assert.Equal(120, expected.Count);
        Assert.All(expected, pair => Assert.Equal(pair.Value, places.Find(pair.Key)));
    }
}
