using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Origins;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeEnforcement.IngestService.Backup;

/// <summary>
/// 'ingest open-new-origin': the restored ledger goes on under another name and key. Why never under the old one: the lost tail may have
/// been seen by agents, and two roots for one size must not be signed under one name. In this order:
///
///   1. the new key is durable (the caller's);
///   2. the intent 'origin-opening' is durable: from here on no service starts until this has ended;
///   3. OriginOpened is appended, the first entry after what was restored, and a checkpoint that covers it is signed under the new origin
///      and replaces the last one of the old;
///   4. the origin is added to 'origins': the data directory now says itself who it is;
///   5. the markers 'restored' and 'origin-opening' go, in this order.
///
/// A crash at any point leaves the intent; running it again with the same origin goes on from the bytes the intent holds.
/// </summary>
internal sealed class NewOrigin(IFileSystem files, LedgerPaths data, LedgerMetrics metrics, TimeProvider time, TextWriter output)
{
    /// <param name="Origin">The new name.</param>
    internal sealed record Order(string Origin, string By, string Reason);

    /// <summary>The number the new origin has or will have, for its key's file. Refuses what can never be opened.</summary>
    public int NumberFor(string origin)
    {
        if (RestoredMarker.Read(files, data) == RestoredState.Unfinished)
            throw new InvalidDataException($"a restore into '{data.Data}' did not end: remove the directory and restore again");
        var origins = Origins();
        if (OriginOpening.Read(files, data) is { } opening)
            return opening.Fact.Origin != origin
                ? throw new InvalidDataException($"opening '{opening.Fact.Origin}' was begun and did not end: run it again with that origin")
                : origins[^1].Name == origin ? origins.Count : origins.Count + 1;
        if (origins.Any(o => o.Name == origin))
            throw new InvalidDataException($"this ledger has signed under '{origin}' before: a new origin is one nobody has seen");
        return origins.Count + 1;
    }

    public async Task RunAsync(Order order, SigningKey key, CancellationToken cancellation)
    {
        var signer = new NoteSigner(order.Origin, key);
        using (files.LockDirectory(data.Segments)) // a running service holds it, a read-only one too
            Intend(order, signer);
        var opening = OriginOpening.Read(files, data) ?? throw new LedgerFatalException("the intent that was just written is not there");
        if (opening.Fact.VerifierKey != signer.VerifierKey)
            throw new InvalidDataException($"opening '{order.Origin}' was begun with the key {opening.Fact.VerifierKey}: give that key again");
        await AppendAndSignAsync(opening, signer, cancellation);

        var origins = Origins();
        LedgerOriginsFile.Write(files, data, origins[^1].Name == order.Origin
            ? origins // again, for the same reason
            : [.. origins, new LedgerOrigin(origins.Count + 1, order.Origin, opening.Fact.RestoredSize, signer.VerifierKey)]);
        RestoredMarker.Remove(files, data);
        OriginOpening.Remove(files, data);
        output.WriteLine($"'{order.Origin}' goes on from entry {opening.Fact.RestoredSize} of '{opening.Fact.PreviousOrigin}'; its key is");
        output.WriteLine(signer.VerifierKey);
    }

    private IReadOnlyList<LedgerOrigin> Origins() =>
        LedgerOriginsFile.Read(files, data) ?? throw new InvalidDataException($"'{data.Origins}' is missing: there is no ledger of this version in '{data.Data}'");

    private void Intend(Order order, NoteSigner signer)
    {
        using var segments = SegmentReader.OpenReadOnly(files, data.Segments);
        // An intent above the end was made before recovery cut a torn tail: nothing was appended by it.
        if (OriginOpening.Read(files, data) is { } begun && begun.Fact.RestoredSize <= segments.DurableEnd.Value)
        {
            // Again: who was killed may have left it in the page cache only.
            begun.Write(files, data);
            return;
        }
        var previous = Origins()[^1];
        var signed = SignedNotes.Open(files, data.LastSigned, previous.VerifierKey);
        if (segments.DurableEnd.Value < signed.Checkpoint.Size)
            throw new LedgerFatalException($"size {signed.Checkpoint.Size} was signed, the segments hold {segments.DurableEnd}: this is not a ledger to go on with");
        CheckUnused(segments, order.Origin);
        new OriginOpening(new OriginOpened
        {
            Origin = order.Origin,
            VerifierKey = signer.VerifierKey,
            PreviousOrigin = previous.Name,
            PreviousVerifierKey = previous.VerifierKey,
            PreviousCheckpoint = ByteString.CopyFrom(signed.Note.Span),
            RestoredSize = segments.DurableEnd.Value,
            At = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            By = order.By,
            Reason = order.Reason,
        }).Write(files, data);
    }

    /// The ledger itself is asked too: the record beside it can be lost or be an old copy.
    private static void CheckUnused(SegmentReader segments, string origin)
    {
        if (segments.DurableEnd == RecordIndex.Zero)
            return;
        foreach (var record in segments.ReadFrom(new RecordIndex(0)))
        {
            if (StoredEntry.LeafOf(record).Type != Record.OriginOpenedFieldNumber)
                continue;
            var opened = SignedEnvelope.Parser.ParseFrom(StoredEntry.From(record).Envelope.Span);
            var fact = Record.Parser.ParseFrom(opened.Payload).OriginOpened;
            if (fact.Origin == origin || fact.PreviousOrigin == origin)
                throw new InvalidDataException($"entry {record.Index} says that this ledger has signed under '{origin}' before");
        }
    }

    private async Task AppendAndSignAsync(OriginOpening opening, NoteSigner signer, CancellationToken cancellation)
    {
        var core = LedgerCore.Open(new LedgerSetting
        {
            Files = files,
            Paths = data,
            Options = new LedgerOptions { Origin = signer.Name },
            Signer = signer,
            Time = time,
            Metrics = metrics,
            Log = NullLogger.Instance,
            NewLogId = Guid.Empty, // the log is there
            Opening = opening,
        });
        await using (core)
        {
            await core.StartAsync(cancellation);
            var first = core.Reader.Read(new EntryIndex(opening.Fact.RestoredSize));
            if (!EnvelopeReader.TryRead(first.Envelope, out var opened) || opened.Record?.OriginOpened is not { } fact || !fact.Equals(opening.Fact))
                throw new LedgerFatalException($"entry {first.Index} is not the opening of '{signer.Name}': something else was appended in between");
        }
    }
}
