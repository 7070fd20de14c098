using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>What holds between a station's own files and the ledger, whatever was killed or cut and whichever way the records took.</summary>
internal static class StationPromises
{
    public static void Hold(AgentEvidence station, LedgerDump ledger, string producer)
    {
        var own = ledger.Entries.Where(e => e.Leaf.Producer == producer).ToList();

        // Once: no identity stands in the ledger twice, and no conflict was ever made.
        Assert.All(own.GroupBy(e => (e.Leaf.Epoch, e.Leaf.Class, e.Leaf.Sequence)), same => Assert.Single(same));
        Assert.DoesNotContain(own, e => e.Leaf.Flags.HasFlag(LeafFlags.Conflict));

        // Nothing is missing between the first and the last of a class, and no epoch begins before the one before it has ended.
        foreach (var numbered in own.GroupBy(e => (e.Leaf.Epoch, e.Leaf.Class)))
            Assert.Equal(Enumerable.Range(1, numbered.Count()).Select(n => (ulong)n), numbered.Select(e => e.Leaf.Sequence).Order());
        Assert.Equal(own.Select(e => e.Leaf.Epoch).Order(), own.Select(e => e.Leaf.Epoch));

        // Every receipt is the ledger's leaf at its index, and is about the bytes the spool holds.
        Assert.NotEmpty(station.Receipts);
        foreach (var (identity, receipt) in station.Receipts)
        {
            Assert.Equal(ledger.Entries[(int)receipt.Index].LeafBytes, receipt.Leaf.ToByteArray());
            if (station.Spooled.TryGetValue((identity.Epoch, identity.RecordClass, identity.Sequence), out var envelope))
                Assert.Equal(ReceiptFinding.Valid, ReceiptCheck.Verify(receipt, envelope, identity));
        }

        // Everything the spool kept is in the ledger.
        var there = own.Select(e => (e.Leaf.Epoch, (RecordClass)e.Leaf.Class, e.Leaf.Sequence)).ToHashSet();
        Assert.All(station.Spooled.Keys, key => Assert.Contains(key, there));
    }

    /// <summary>Every alert that was answered came once and was opened once.</summary>
    public static void HoldAlerts(LedgerDump ledger, IReadOnlyCollection<string> episodes)
    {
        var records = ledger.Entries.Select(e => e.Record).OfType<Record>().ToList();
        var alerts = records.Where(r => r.FieldAlert is not null).ToLookup(r => r.FieldAlert.EpisodeId);
        var opened = records.Where(r => r.AlertOpened is not null).ToLookup(r => r.AlertOpened.AlertId);
        Assert.All(episodes, episode => Assert.True(alerts[episode].Count() == 1 && opened[episode].Count() == 1, episode));
    }
}
