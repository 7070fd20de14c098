using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// Grows a ledger in place through the real sequencer, as fast as it goes: readings, and one alert in twenty. The envelopes carry
/// a signature's length and no signature: what is measured later never checks one (the door does).
/// </summary>
internal sealed class LedgerFill(string data)
{
    private const int AlertEvery = 20;
    private const int Together = 16_384;
    private const string Producer = "fill";
    private const uint Epoch = 1;

    private readonly ByteString _signature = ByteString.CopyFrom(new byte[71]);
    private readonly ulong[] _last = new ulong[(int)RecordClass.P2 + 1];

    /// <summary>On return the ledger is closed and holds at least that many entries.</summary>
    /// <returns>Seconds of appending, of opening before it, and the entries appended.</returns>
    public async Task<(double OpenSeconds, double AppendSeconds, ulong Appended)> GrowToAsync(ulong entries)
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var opened = await OpenedLedger.OpenAsync(data);
        var core = opened.Core;
        var open = TimeProvider.System.GetElapsedTime(started).TotalSeconds;

        var from = core.Reader.DurableSize;
        foreach (var mark in core.Marks.Marks(Producer, Epoch))
            _last[(int)mark.RecordClass] = mark.LastSequence;
        started = TimeProvider.System.GetTimestamp();
        var tickets = new List<AppendTicket>(Together);
        for (var next = from; next < entries; next++)
        {
            tickets.Add(await core.Appender.AppendAsync(Request(next), CancellationToken.None));
            if (tickets.Count < Together && next + 1 < entries)
                continue;
            foreach (var ticket in tickets)
                if ((await ticket.Outcome).Receipt?.Code != ReceiptCode.Appended)
                    throw new InvalidOperationException($"entry {next} was not appended");
            tickets.Clear();
        }
        return (open, TimeProvider.System.GetElapsedTime(started).TotalSeconds, entries > from ? entries - from : 0);
    }

    private AppendRequest Request(ulong number)
    {
        var isAlert = number % AlertEvery == 0;
        var recordClass = isAlert ? RecordClass.P0 : RecordClass.P2;
        var record = new Record
        {
            Identity = new RecordIdentity { Producer = Producer, Epoch = Epoch, RecordClass = recordClass, Sequence = ++_last[(int)recordClass] },
            SourceDevice = "outlet-03",
            Sensitivity = Sensitivity.Internal,
        };
        if (isAlert)
            record.FieldAlert = new FieldAlert
            {
                EpisodeId = $"fill-{_last[(int)recordClass]}", Phase = EpisodePhase.Opened, Kind = AlertKind.SuspectedViolation, Severity = AlertSeverity.Warning,
                Rule = "fill", Target = "t", Title = "夜间排放超标", ObservedAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
            };
        else
            record.ReadingBatch = new ReadingBatch
            {
                Protocol = "fill",
                RawSha256 = ByteString.CopyFrom(new byte[32]),
                Readings =
                {
                    new Reading
                    {
                        Factor = "w01018", Kind = ReadingKind.RealTime, Value = number % 100, Unit = "mg/L", Quality = "N",
                        ObservedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddSeconds(number)),
                    },
                },
            };
        var envelope = new SignedEnvelope
        {
            PayloadType = PayloadTypes.Record,
            Payload = record.ToByteString(),
            Signatures = { new Signature { KeyId = Producer, Algorithm = "ecdsa-p256-sha256", Value = _signature } },
        }.ToByteArray();
        return new AppendRequest
        {
            Origin = LeafOrigin.Producer,
            Identity = record.Identity,
            Type = (ushort)record.BodyCase,
            Envelope = envelope,
            PayloadFingerprint = Sha256Hash.Zero,
        };
    }
}
