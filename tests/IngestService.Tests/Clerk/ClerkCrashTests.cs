using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

public sealed class ClerkCrashTests
{
    [Fact]
    public async Task Crash_BetweenAppendAndCommit_TheSameFactsAreDuplicates()
    {
        MemoryLedger ledger = Tell();
        IReadOnlyList<Record> expected = await ClerkHost.RunAsync(Tell());
        string directory;
        TaskCompletionSource died = new();
        await using (ClerkHost dying = new(ledger, beforeCommit: () =>
        {
            died.TrySetResult();
            throw new IOException("killed");
        }))
        {
            directory = dying.Directory;
            await died.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        ledger.Append("agent-1", record => record.FieldAlert("after"));
        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(ledger, directory);

        Assert.True(ledger.Duplicates >= expected.Count, $"{ledger.Duplicates} duplicates");
        Assert.Equal(expected, facts.Take(expected.Count));
        Assert.Equal("after", facts[^1].AlertOpened.AlertId);
        Assert.Equal(Enumerable.Range(1, facts.Count).Select(n => (ulong)n), facts.Select(fact => fact.Identity.Sequence));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task ClerkDbLost_AfterAnyFact_NothingIsMissingAndNothingTwice(int factsBeforeTheCrash)
    {
        IReadOnlyList<Record> expected = await ClerkHost.RunAsync(Tell());
        Assert.Equal(5, expected.Count);
        MemoryLedger ledger = Tell();
        int appended = 0;
        TaskCompletionSource died = new();
        ledger.OnAppend = request =>
        {
            if (request.Origin != LeafOrigin.Clerk || appended++ < factsBeforeTheCrash)
                return null;
            died.TrySetResult();
            throw new IOException("killed");
        };
        await using (ClerkHost dying = new(ledger))
            await died.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        ledger.OnAppend = null;

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(ledger); // in a folder of its own: clerk.db is gone

        Assert.Equal(expected.OrderBy(Sequence), facts.OrderBy(Sequence));
    }

    [Fact]
    public async Task ClerkDbLost_WhenAllIsDecided_NothingIsSaidAgain()
    {
        MemoryLedger ledger = Tell();
        IReadOnlyList<Record> before = await ClerkHost.RunAsync(ledger);
        int asked = 0;
        ledger.OnAppend = request =>
        {
            asked++;
            return null;
        };

        IReadOnlyList<Record> after = await ClerkHost.RunAsync(ledger);

        Assert.Equal(before, after);
        Assert.Equal(0, asked);
        ledger.Append("agent-1", record => record.FieldAlert("later"));
        Record next = (await ClerkHost.RunAsync(ledger))[^1];
        Assert.Equal(("later", 6UL), (next.AlertOpened.AlertId, next.Identity.Sequence));
    }

    [Fact]
    public async Task ClerkDb_ThatIsNoDatabase_IsFoldedAgain()
    {
        MemoryLedger ledger = Tell();
        string directory = System.IO.Directory.CreateTempSubdirectory("clerk-").FullName;
        IReadOnlyList<Record> before = await ClerkHost.RunAsync(ledger, directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "clerk.db"), "rubbish rubbish rubbish", TestContext.Current.CancellationToken);

        Assert.Equal(before, await ClerkHost.RunAsync(ledger, directory));
    }

    [Fact]
    public async Task Busy_IsTriedAgainWithTheSameBytes()
    {
        MemoryLedger ledger = Tell();
        List<ByteString> refused = [];
        ledger.OnAppend = request =>
        {
            if (refused.Count > 0)
                return null;
            refused.Add(ByteString.CopyFrom(request.Envelope.Span));
            return new RefusalDetail(RefusalCode.Busy, "disk at its watermark");
        };

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(ledger);

        Assert.Equal(5, facts.Count);
        Assert.Contains(ledger.Entries, entry => entry.Envelope.Span.SequenceEqual(refused[0].Span));
    }

    /// <summary>Rules change between releases: the last entry is decided again by those of today, what was said by those of yesterday stays.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task ClerkDbLost_AfterTheRulesChanged_WhatWasSaidIsNotContradicted(int saidByOlderRules)
    {
        MemoryLedger ledger = new();
        ulong cause = ledger.Append("agent-1", record => record.FieldAlert("e1"));
        for (int sequence = 1; sequence <= saidByOlderRules; sequence++)
        {
            Record older = Story.Opened($"e{sequence}", cause);
            older.Identity = new RecordIdentity { Producer = "clerk", Epoch = 1, RecordClass = RecordClass.P0, Sequence = (ulong)sequence };
            await ledger.AppendAsync(EdgeEnforcement.IngestService.Ledger.FactEnvelope.ToRequest(LeafOrigin.Clerk, older), TestContext.Current.CancellationToken);
        }
        ledger.Append("agent-1", record => record.FieldAlert("later"));

        IReadOnlyList<Record> facts = await ClerkHost.RunAsync(ledger);

        Assert.Equal(saidByOlderRules + 1, facts.Count);
        Assert.Equal(("later", (ulong)saidByOlderRules + 1), (facts[^1].AlertOpened.AlertId, facts[^1].Identity.Sequence));
        Assert.DoesNotContain(ledger.Entries, entry => entry.Leaf.Flags.HasFlag(LeafFlags.Conflict));
    }

    private static ulong Sequence(Record fact) => fact.Identity.Sequence;

    // Two alerts, one of them in two words; two recordings that a case opened later wants: five facts, two of one cause.
    private static MemoryLedger Tell()
    {
        MemoryLedger ledger = new();
        ledger.Append("agent-1", record => record.FieldAlert("e1"));
        ledger.Append("agent-1", record => record.FieldAlert("e2"));
        ledger.Append("agent-1", record => record.FieldAlert("e1", EpisodePhase.Updated));
        ledger.Append("dock-1", record => record.Manifest("1.mp4", officer: "000001"));
        ledger.Append("dock-1", record => record.Manifest("2.mp4", officer: "000001"));
        ledger.AppendFact(LeafOrigin.Operator, Story.Case("C1", ["000001"]));
        return ledger;
    }
}
